import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { readTarget, type TargetFields, type TargetInput } from '../../../libs/targets/target-input';
import {
  readTargetHistory,
  readTargets,
  setTargets,
  withdrawTarget,
  type TargetsSet,
} from '../../../libs/targets/targets';
import type { TargetRow, TargetVersion } from '../../../libs/targets/targets.queries';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { TargetHistoryQuery, TargetsQuery } from './targets.dto';

const PLACE = { org: TEXT, period: TEXT, key: TEXT } as const;
const SAID = ['org', 'period', 'key', 'target', 'operator', 'value'] as const;

@ApiTags('targets')
@Controller('api/targets')
export class TargetsController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get()
  @ApiOperation({ summary: 'What is to be reached in a period, by org and figure' })
  async list(@Asking() principal: Principal, @Query() query: TargetsQuery): Promise<{ targets: TargetRow[] }> {
    return { targets: await readTargets(this.source.manager, principal, query) };
  }

  @Needs('figures.read')
  @Get('history')
  @ApiOperation({ summary: 'Every version of a target: who set it, when, and why it was changed' })
  async history(
    @Asking() principal: Principal,
    @Query() query: TargetHistoryQuery,
  ): Promise<{ versions: TargetVersion[] }> {
    return { versions: await readTargetHistory(this.source.manager, principal, query) };
  }

  @Needs('assessments.write')
  @Put()
  @ApiOperation({ summary: 'Sets targets, all of them or none; a change needs a reason, and what stood is kept' })
  @ApiBody(
    bodyOf(
      {
        targets: {
          type: 'array',
          items: bodyOf({ ...PLACE, target: TEXT, operator: TEXT, value: TEXT }, ['org', 'period', 'key']).schema,
        },
        reason: TEXT,
      },
      ['targets'],
    ),
  )
  set(@Asking() principal: Principal, @Body() body: unknown): Promise<TargetsSet> {
    const { targets, reason } = readFields(body, ['targets', 'reason']);
    return setTargets(this.source, principal, readList(principal, targets), textOrNothing(reason));
  }

  @Needs('assessments.write')
  @Post('withdrawals')
  @HttpCode(204)
  @ApiOperation({ summary: 'Withdraws a target; what stood is kept' })
  @ApiBody(bodyOf({ ...PLACE, reason: TEXT }))
  async withdraw(@Asking() principal: Principal, @Body() body: unknown): Promise<void> {
    const { reason, org, period, key } = readFields(body, ['org', 'period', 'key', 'reason']);
    const place = { org: requireText(org, 'org'), period: requireText(period, 'period'), key: requireText(key, 'key') };
    await withdrawTarget(this.source, principal, place, textOrNothing(reason));
  }
}

function readList(principal: Principal, targets: unknown): TargetInput[] {
  if (!Array.isArray(targets) || targets.length === 0) {
    throw new DomainError(
      'targets_missing',
      { zh: '请在 targets 中列出要设定的目标。', en: 'List the targets in `targets`.' },
      { field: 'targets' },
    );
  }
  return targets.map((fields: unknown, index) => {
    try {
      return readTarget(principal, readFields(fields, SAID) as TargetFields);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError(error.code, error.sentence, { ...error.details, index });
    }
  });
}

function textOrNothing(value: unknown): string | null {
  return value === undefined || value === null ? null : requireText(value, 'reason');
}

function requireText(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw new DomainError(
    'field_missing',
    { zh: `缺少 ${field}，或不是文字。`, en: `${field} is missing, or no text.` },
    { field },
  );
}
