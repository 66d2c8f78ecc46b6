import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { parseMonthRange } from '../../../libs/core/month-range';
import { importTargets, type TargetsImported } from '../../../libs/intake/import-targets';
import { readComparisons, type StandingComparisons } from '../../../libs/targets/comparison';
import { readProgress, type StandingProgress } from '../../../libs/targets/progress';
import { readRunningEntries, type RunningList } from '../../../libs/targets/running-entries';
import {
  proposeSplit,
  readSplit,
  SPLIT_WAYS,
  type ProposedSplit,
  type SplitWay,
  type StandingSplit,
} from '../../../libs/targets/split-target';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { withUpload } from '../imports/upload';
import { ProgressQuery, RunningEntriesQuery, RunningQuery, TargetHistoryQuery } from './targets.dto';

const MIB = 1024 * 1024;

@ApiTags('targets')
@Controller('api')
export class ProgressController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get('targets/progress')
  @ApiOperation({ summary: 'Where the targets of an org stand: pace, the same months of last year, forecast' })
  progress(@Asking() principal: Principal, @Query() { org, ...question }: ProgressQuery): Promise<StandingProgress> {
    const { registryId } = principal;
    return readProgress(this.source, { ...question, registryId, org: orgWithin(principal, org) });
  }

  @Needs('figures.read')
  @Get('targets/split')
  @ApiOperation({ summary: 'A target, those of the orgs directly below, and what none of them has' })
  split(@Asking() principal: Principal, @Query() query: TargetHistoryQuery): Promise<StandingSplit> {
    return readSplit(this.source, principal, query);
  }

  @Needs('assessments.write')
  @Post('targets/split')
  @HttpCode(200)
  @ApiOperation({ summary: 'How a target would be split over the orgs directly below; nothing is written' })
  @ApiBody(
    bodyOf(
      {
        org: TEXT,
        period: TEXT,
        key: TEXT,
        by: { type: 'string', enum: [...SPLIT_WAYS] },
        shares: { type: 'object', additionalProperties: TEXT },
        keepRest: { type: 'boolean' },
      },
      ['period', 'key', 'by'],
    ),
  )
  propose(@Asking() principal: Principal, @Body() body: unknown): Promise<ProposedSplit> {
    const { org, period, key, by, shares, keepRest } = readFields(body, [
      'org',
      'period',
      'key',
      'by',
      'shares',
      'keepRest',
    ]);
    return proposeSplit(this.source, principal, {
      org: org === undefined ? undefined : String(org),
      period: String(period ?? ''),
      key: String(key ?? ''),
      by: readWay(by),
      shares: readShares(shares),
      keepRest: keepRest === true,
    });
  }

  @Needs('assessments.write')
  @RouteConfig(EXPORT_LIMIT)
  @Post('targets/import')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiOperation({
    summary: 'Targets from an xlsx or CSV file: all of them, or none and what is wrong by row and column',
  })
  import(@Asking() principal: Principal, @Req() request: FastifyRequest): Promise<TargetsImported> {
    const limits = { bytes: MIB, fields: ['reason', 'mode'] as const, tooLarge };
    return withUpload(
      request,
      ({ path, fileName, fields: { reason = null, mode } }) =>
        importTargets(this.source, principal, { path, name: fileName }, { reason, dryRun: mode === 'dry_run' }),
      limits,
    );
  }

  @Needs('figures.read')
  @Get('metrics/running')
  @ApiOperation({ summary: 'Figures of a range of months, beside the same months of last year' })
  running(@Asking() principal: Principal, @Query() query: RunningQuery): Promise<StandingComparisons> {
    const { registryId } = principal;
    const { keys, asOf } = query;
    const scopes = [{ org: orgWithin(principal, query.org), own: query.own ?? false }];
    return readComparisons(this.source, { registryId, range: parseMonthRange(query.period), scopes, keys, asOf });
  }

  @Needs('entries.read')
  @Get('metrics/running/entries')
  @ApiOperation({ summary: 'The list behind a figure of a range of months' })
  entries(@Asking() principal: Principal, @Query() query: RunningEntriesQuery): Promise<RunningList> {
    const { registryId } = principal;
    const { period, org, own = false, ...asked } = query;
    const range = parseMonthRange(period);
    return readRunningEntries(this.source, { ...asked, registryId, range, org: orgWithin(principal, org), own });
  }
}

function readWay(by: unknown): SplitWay {
  const way = SPLIT_WAYS.find((one) => one === by);
  if (way) return way;
  throw new DomainError(
    'split_way_unknown',
    {
      zh: 'by 可用 last_year（按上年比例）、equal（平均）、given（按给定比例）。',
      en: 'by takes last_year, equal or given.',
    },
    { field: 'by' },
  );
}

function readShares(shares: unknown): Record<string, string> | undefined {
  if (shares === undefined) return undefined;
  const isRecord = typeof shares === 'object' && shares !== null && !Array.isArray(shares);
  if (isRecord && Object.values(shares).every((share) => typeof share === 'string')) {
    return shares as Record<string, string>;
  }
  throw new DomainError(
    'shares_not_readable',
    { zh: 'shares 应写作 {"机构代码": "比例"}。', en: 'Write shares as {"org": "share"}.' },
    { field: 'shares' },
  );
}

function tooLarge(): DomainError {
  return new DomainError(
    'file_too_large',
    { zh: '目标文件超过 1 MiB。', en: 'The file of targets is larger than 1 MiB.' },
    { field: 'file' },
  );
}
