import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readEntriesBehind, type EntriesBehind } from '../../../libs/indicators/entries-behind';
import {
  KeyUnknown,
  readIndicatorValues,
  readMetricValues,
  type Value,
  type ValueQuestion,
} from '../../../libs/indicators/values';
import { DomainError } from '../../../libs/core/domain-error';
import { requireDivisible } from '../../../libs/core/period';
import { Asking, Needs } from '../access/needs';
import { EntriesBehindQuery, ValuesQuery } from './values.dto';

@ApiTags('values')
@Controller('api')
export class ValuesController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get('metrics/values')
  @ApiOperation({ summary: 'Metric values: one row per key, org and period, missing ones too' })
  async metrics(@Asking() principal: Principal, @Query() query: ValuesQuery): Promise<{ values: Value[] }> {
    return { values: await readMetricValues(this.source, within(principal, query)) };
  }

  @Needs('figures.read')
  @Get('indicators/values')
  @ApiOperation({ summary: 'Rates with numerator and denominator' })
  async indicators(@Asking() principal: Principal, @Query() query: ValuesQuery): Promise<{ values: Value[] }> {
    return { values: await readIndicatorValues(this.source, within(principal, query)) };
  }

  @Needs('entries.read')
  @Get('values/entries')
  @ApiOperation({ summary: 'The list behind a figure: its entries add up to it' })
  async entries(@Asking() principal: Principal, @Query() query: EntriesBehindQuery): Promise<EntriesBehind> {
    const org = orgWithin(principal, query.org);
    const question = { ...query, registryId: principal.registryId, org };
    return readEntriesBehind(this.source, question).catch((error: unknown) => {
      // Here the parameter is called otherwise.
      throw error instanceof KeyUnknown ? new DomainError(error.code, error.sentence, { field: 'key' }) : error;
    });
  }
}

function within(principal: Principal, query: ValuesQuery): ValueQuestion {
  requireDivisible(query.period, query.by);
  return { ...query, registryId: principal.registryId, org: orgWithin(principal, query.org) };
}
