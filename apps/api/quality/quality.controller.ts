import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { QUALITY_RULES } from '../../../libs/catalogue/quality-rules';
import { SEVERITIES, type QualityRule, type Severity } from '../../../libs/catalogue/quality-rule';
import {
  changeFinding,
  FINDING_STATES,
  listFindings,
  SET_STATES,
  summariseFindings,
  type FindingPage,
  type FindingSummary,
  type FindingView,
} from '../../../libs/quality/findings';
import type { EventRow, FindingState } from '../../../libs/quality/findings.queries';
import { runQuality } from '../../../libs/quality/run';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { OrgPageQuery } from '../query-fields';

class FindingsQuery extends OrgPageQuery {
  @ApiPropertyOptional({ enum: FINDING_STATES, description: 'All unless said' })
  @IsOptional()
  @IsIn(FINDING_STATES)
  state?: FindingState;

  @ApiPropertyOptional({ description: 'Code of a rule; all unless said' })
  @IsOptional()
  @IsString()
  rule?: string;

  @ApiPropertyOptional({ enum: SEVERITIES, description: 'Of the rules of this severity; all unless said' })
  @IsOptional()
  @IsIn(SEVERITIES)
  severity?: Severity;

  @ApiPropertyOptional({ description: 'Name of the account that has taken them; of anybody unless said' })
  @IsOptional()
  @IsString()
  owner?: string;
}

class SummaryQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said; with all below it" })
  @IsOptional()
  @IsString()
  org?: string;
}

@ApiTags('quality')
@Controller('api/quality')
export class QualityController {
  constructor(private readonly source: DataSource) {}

  @Get('rules')
  @Needs('catalogue.read')
  @ApiOperation({ summary: 'The rules of data quality: what each looks for, how grave that is, and what to do' })
  rules(): readonly QualityRule[] {
    return QUALITY_RULES;
  }

  @Get('findings')
  @Needs('figures.read')
  @ApiOperation({ summary: 'What the rules found in an org and those below it, the latest months first' })
  list(@Asking() principal: Principal, @Query() { org, ...page }: FindingsQuery): Promise<FindingPage> {
    const scope = { registryId: principal.registryId, org: orgWithin(principal, org) };
    return listFindings(this.source.manager, scope, page);
  }

  @Get('summary')
  @Needs('figures.read')
  @ApiOperation({
    summary:
      'How many findings are not gone, by rule and org, how many of them are yours, and when the rules last looked',
  })
  summary(@Asking() principal: Principal, @Query() { org }: SummaryQuery): Promise<FindingSummary> {
    const { registryId, name: owner } = principal;
    const scope = { registryId, org: orgWithin(principal, org), owner };
    return summariseFindings(this.source.manager, scope);
  }

  @Post('findings/:id')
  @HttpCode(200)
  @Needs('findings.write')
  @ApiOperation({
    summary: 'Take a finding (`owner`, an account name), say why it is right so, that it is resolved, or open it again',
  })
  @ApiBody(
    bodyOf(
      { state: { type: 'string', enum: [...SET_STATES] }, owner: { type: 'string', nullable: true }, reason: TEXT },
      [],
    ),
  )
  change(
    @Asking() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<FindingView & { history: EventRow[] }> {
    return changeFinding(this.source, principal, id, readFields(body, ['state', 'owner', 'reason']));
  }

  @RouteConfig(EXPORT_LIMIT)
  @Post('run')
  @HttpCode(200)
  @Needs('findings.write')
  @ApiOperation({ summary: 'Let all rules look at the registry now, as they do each night; answers with the summary' })
  async run(@Asking() principal: Principal): Promise<FindingSummary> {
    const { registryId, org, name, address } = principal;
    await runQuality(this.source, registryId, { actor: name, address });
    return summariseFindings(this.source.manager, { registryId, org, owner: name });
  }
}
