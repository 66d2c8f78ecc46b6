import { Controller, Get, Query, Res, type StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { requireDivisible } from '../../../libs/core/period';
import { readChangedValues, readChanges, type ChangedValues, type Changes } from '../../../libs/indicators/changes';
import { readEntriesBehind, type EntriesBehind } from '../../../libs/indicators/entries-behind';
import { readStandingValues, type StandingValues } from '../../../libs/indicators/standing-values';
import { KeyUnknown, readIndicatorValues, readMetricValues } from '../../../libs/indicators/values';
import { openListFile } from '../../../libs/reports/list-file';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { LIST_TYPES, listAnswer } from '../list-answer';
import {
  ChangedValuesQuery,
  ChangesQuery,
  EntriesBehindQuery,
  ExportQuery,
  FigureQuery,
  ValuesQuery,
} from './values.dto';

@ApiTags('values')
@Controller('api')
export class ValuesController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get('metrics/values')
  @ApiOperation({ summary: 'Metric values: one row per key, org and period, missing ones too' })
  async metrics(@Asking() principal: Principal, @Query() query: ValuesQuery): Promise<StandingValues> {
    return readStandingValues(this.source, readMetricValues, within(principal, query));
  }

  @Needs('figures.read')
  @Get('indicators/values')
  @ApiOperation({ summary: 'Rates with numerator and denominator' })
  async indicators(@Asking() principal: Principal, @Query() query: ValuesQuery): Promise<StandingValues> {
    return readStandingValues(this.source, readIndicatorValues, within(principal, query));
  }

  @Needs('entries.read')
  @Get('values/entries')
  @ApiOperation({ summary: 'The list behind a figure: its entries add up to it' })
  async entries(@Asking() principal: Principal, @Query() query: EntriesBehindQuery): Promise<EntriesBehind> {
    return readEntriesBehind(this.source, figureOf(principal, query)).catch(namingTheKey);
  }

  @Needs('entries.read')
  @Get('values/entries/export')
  @RouteConfig(EXPORT_LIMIT)
  @ApiOperation({
    summary: 'The whole list behind a figure as a file, which says what it is of and ends with its total',
  })
  @ApiProduces(...Object.values(LIST_TYPES))
  export(
    @Asking() principal: Principal,
    @Query() { format, ...query }: ExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const opening = openListFile(this.source, figureOf(principal, query)).catch(namingTheKey);
    return listAnswer(reply, 'list', format, opening);
  }

  @Needs('entries.read')
  @Get('values/changes')
  @ApiOperation({ summary: 'What moved a figure since a moment: its entries add up to the difference' })
  changes(@Asking() principal: Principal, @Query() query: ChangesQuery): Promise<Changes> {
    return readChanges(this.source, figureOf(principal, query)).catch(namingTheKey);
  }

  @Needs('figures.read')
  @Get('values/changes/summary')
  @ApiOperation({ summary: 'Which figures of a period differ between two moments' })
  changed(@Asking() principal: Principal, @Query() query: ChangedValuesQuery): Promise<ChangedValues> {
    return readChangedValues(this.source, within(principal, query));
  }
}

function figureOf<Question extends FigureQuery>(principal: Principal, query: Question) {
  return { ...query, registryId: principal.registryId, org: orgWithin(principal, query.org) };
}

function within<Question extends ValuesQuery>(principal: Principal, query: Question) {
  requireDivisible(query.period, query.by);
  return { ...query, registryId: principal.registryId, org: orgWithin(principal, query.org) };
}

/** Here the parameter is called otherwise. */
function namingTheKey(error: unknown): never {
  throw error instanceof KeyUnknown ? new DomainError(error.code, error.sentence, { field: 'key' }) : error;
}
