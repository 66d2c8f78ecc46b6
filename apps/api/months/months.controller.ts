import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readReopenPreview, type ReopenPreview } from '../../../libs/reports/reopen-preview';
import { DomainError } from '../../../libs/core/domain-error';
import { closeSubmitted } from '../../../libs/indicators/close-submitted';
import { readMonthCheck, type MonthCheck } from '../../../libs/indicators/month-check';
import { findRoot } from '../../../libs/indicators/orgs.queries';
import { WakeUp } from '../../../libs/jobs/wake-up';
import { readMonth, readMonths, type MonthLine, type MonthOverview } from '../../../libs/ledger/month-overview';
import { reopenMonths, type ReopenEffect } from '../../../libs/ledger/months';
import type { Seal } from '../../../libs/ledger/seals';
import { submitMonth, type Submitted } from '../../../libs/ledger/submissions';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields, readText } from '../access/json-body';
import { Asking, Needs } from '../access/needs';

class MonthCheckQuery {
  @ApiPropertyOptional({ description: "An org that submits; the caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;
}

@ApiTags('months')
@Controller('api/months')
export class MonthsController {
  constructor(
    private readonly source: DataSource,
    private readonly wakeUp: WakeUp,
  ) {}

  @Needs('entries.read')
  @Get()
  @ApiOperation({
    summary: 'The months of the ledger, the latest first: closed or open, and how many have submitted them',
  })
  async list(@Asking() principal: Principal): Promise<{ months: MonthLine[] }> {
    return { months: await readMonths(this.source.manager, principal) };
  }

  @Needs('entries.read')
  @Get(':month')
  @ApiOperation({ summary: 'Who has submitted a month, what was posted into it late, and its seal' })
  read(@Asking() principal: Principal, @Param('month') month: string): Promise<MonthOverview> {
    return readMonth(this.source.manager, principal, month);
  }

  @Needs('entries.read')
  @Get(':month/check')
  @ApiOperation({ summary: 'What looks wrong about a month before it is submitted' })
  check(
    @Asking() principal: Principal,
    @Param('month') month: string,
    @Query() { org }: MonthCheckQuery,
  ): Promise<MonthCheck> {
    const { registryId } = principal;
    return readMonthCheck(this.source, { registryId, org: orgWithin(principal, org), month });
  }

  @Needs('months.submit')
  @Post(':month/submit')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Submit a month that is over; of each kind that is owed and of which there is nothing, a nil return is written',
    description: 'It locks nothing: what comes later makes the month not submitted again.',
  })
  @ApiBody(bodyOf({ org: TEXT, note: TEXT }, []))
  async submit(
    @Asking() principal: Principal,
    @Param('month') month: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const { registryId, name: actor, address } = principal;
    const given = readFields(body ?? {}, ['org', 'note']);
    const org = orgWithin(principal, readText(given, 'org') ?? undefined);
    const note = readText(given, 'note');
    const submitted = await submitMonth(this.source, { registryId, org, month, actor, note, address });
    if (submitted.nilReturns.length > 0) this.wakeUp.recompute(registryId);
    return submitted;
  }

  @Needs('months.close')
  @Post(':month/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close and seal the first open month; without all who submit it, a reason is needed' })
  @ApiBody(bodyOf({ reason: TEXT }, []))
  async close(
    @Asking() principal: Principal,
    @Param('month') month: string,
    @Body() body: unknown,
  ): Promise<{ seals: Seal[] }> {
    const reason = readText(readFields(body ?? {}, ['reason']), 'reason');
    const { registryId, name, address } = await this.ofTheRegistry(principal);
    const seals = await closeSubmitted(this.source, registryId, month, name, reason, address);
    this.wakeUp.deliver();
    return { seals };
  }

  @Needs('months.close')
  @Get(':month/reopen-effect')
  @ApiOperation({
    summary:
      'Which months and seals reopening a closed month would undo, and which figures and assessments may then move',
  })
  async effect(@Asking() principal: Principal, @Param('month') month: string): Promise<ReopenPreview> {
    const { registryId } = await this.ofTheRegistry(principal);
    return readReopenPreview(this.source.manager, registryId, month);
  }

  @Needs('months.close')
  @Post(':month/reopen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a closed month again with every later one; the reason is kept' })
  @ApiBody(bodyOf({ reason: TEXT }))
  async reopen(
    @Asking() principal: Principal,
    @Param('month') month: string,
    @Body() body: unknown,
  ): Promise<ReopenEffect> {
    const reason = readText(readFields(body ?? {}, ['reason']), 'reason') ?? '';
    const { registryId, name, address } = await this.ofTheRegistry(principal);
    const effect = await this.source.transaction((manager) =>
      reopenMonths(manager, registryId, month, name, reason, address),
    );
    this.wakeUp.deliver();
    return effect;
  }

  /** @throws {DomainError} when the caller stands for a part of the registry only */
  private async ofTheRegistry(principal: Principal): Promise<Principal> {
    if (principal.org === (await findRoot(this.source.manager, principal.registryId))) return principal;
    throw new DomainError('org_out_of_reach', {
      zh: '结账和重开只能由资料库办理；市州报送本机构的月份。',
      en: 'Months are closed and reopened for the whole registry only; a city submits its own.',
    });
  }
}
