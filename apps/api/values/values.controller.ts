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
import { findTargets, type TargetRow } from '../../../libs/indicators/values.queries';
import { DomainError } from '../../../libs/core/domain-error';
import { parsePeriod, requireDivisible } from '../../../libs/core/period';
import { Asking, Needs } from '../access/needs';
import { EntriesBehindQuery, PeriodQuery, ValuesQuery } from './values.dto';

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

  @Needs('figures.read')
  @Get('targets')
  @ApiOperation({ summary: 'What is to be reached in a period' })
  async targets(@Asking() principal: Principal, @Query() query: PeriodQuery): Promise<{ targets: TargetRow[] }> {
    const period = parsePeriod(query.period).code;
    const org = query.org === undefined ? null : orgWithin(principal, query.org);
    const targets = await findTargets(this.source.manager, principal.registryId, period, org);
    return { targets: targets.filter((one) => principal.orgs.has(one.org)) };
  }
}

function within(principal: Principal, query: ValuesQuery): ValueQuestion {
  requireDivisible(query.period, query.by);
  return { ...query, registryId: principal.registryId, org: orgWithin(principal, query.org) };
}
