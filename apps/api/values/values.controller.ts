import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { readEntriesBehind, type EntriesBehind } from '../../../libs/indicators/entries-behind';
import { findOrgs } from '../../../libs/indicators/orgs.queries';
import {
  KeyUnknown,
  OrgUnknown,
  readIndicatorValues,
  readMetricValues,
  type Value,
} from '../../../libs/indicators/values';
import { findTargets, type TargetRow } from '../../../libs/indicators/values.queries';
import { DomainError } from '../../../libs/core/domain-error';
import { parsePeriod, requireDivisible } from '../../../libs/core/period';
import { RegistryService } from '../registry.service';
import { EntriesBehindQuery, PeriodQuery, ValuesQuery } from './values.dto';

@ApiTags('values')
@Controller('api')
export class ValuesController {
  constructor(
    private readonly source: DataSource,
    private readonly registry: RegistryService,
  ) {}

  @Get('metrics/values')
  @ApiOperation({ summary: 'Metric values: one row per key, org and period, missing ones too' })
  async metrics(@Query() query: ValuesQuery): Promise<{ values: Value[] }> {
    requireDivisible(query.period, query.by);
    return { values: await readMetricValues(this.source, { registryId: await this.registry.id(), ...query }) };
  }

  @Get('indicators/values')
  @ApiOperation({ summary: 'Rates with numerator and denominator' })
  async indicators(@Query() query: ValuesQuery): Promise<{ values: Value[] }> {
    requireDivisible(query.period, query.by);
    return { values: await readIndicatorValues(this.source, { registryId: await this.registry.id(), ...query }) };
  }

  @Get('values/entries')
  @ApiOperation({ summary: 'The list behind a figure: its entries add up to it' })
  async entries(@Query() query: EntriesBehindQuery): Promise<EntriesBehind> {
    const question = { registryId: await this.registry.id(), ...query };
    return readEntriesBehind(this.source, question).catch((error: unknown) => {
      // Here the parameter is called otherwise.
      throw error instanceof KeyUnknown ? new DomainError(error.code, error.sentence, { field: 'key' }) : error;
    });
  }

  @Get('targets')
  @ApiOperation({ summary: 'What is to be reached in a period' })
  async targets(@Query() query: PeriodQuery): Promise<{ targets: TargetRow[] }> {
    const period = parsePeriod(query.period).code;
    const registryId = await this.registry.id();
    const { manager } = this.source;
    const { org } = query;
    const orgs = org === undefined ? [] : await findOrgs(manager, registryId);
    if (org !== undefined && !orgs.some((one) => one.org === org)) throw new OrgUnknown(org);
    return { targets: await findTargets(manager, registryId, period, org ?? null) };
  }
}
