import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiHeader, ApiOperation, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { parsePeriod } from '../../../libs/core/period';
import { FEED_SCHEMA } from '../../../libs/reports/feed-schema';
import { readIndicatorsFeed } from '../../../libs/reports/indicators-feed';
import { feedPath } from '../../../libs/self-assessment/assessment-notice';
import { findFrozenAssessments, findFrozenData } from '../../../libs/self-assessment/frozen-assessments.queries';
import { Asking, Needs, Open } from '../access/needs';
import { OPEN_LIMIT } from '../access/rate-limits';
import { WholeNumber } from '../query-fields';
import { taggedAnswer } from './tagged-answer';

class IndicatorsFeedQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiPropertyOptional({ enum: ['org'], description: "Also the org's own entries alone, and each org below it" })
  @IsOptional()
  @IsIn(['org'])
  by?: 'org';
}

class AssessmentFeedQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiPropertyOptional({ description: 'Of a form of projects: which' })
  @IsOptional()
  @IsString()
  project?: string;

  @WholeNumber(1, 999_999, { description: 'The last one that is frozen unless said' })
  revision?: number;
}

/** JSON for other programs: what changes has another ETag, and what is frozen has the same bytes for ever. */
@ApiTags('feed')
@Controller('api/feed')
@ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of the answer that the program has' })
@ApiResponse({ status: 304, description: 'The program has it already' })
export class FeedController {
  constructor(private readonly source: DataSource) {}

  @Open()
  @RouteConfig(OPEN_LIMIT)
  @Get('schema.json')
  @ApiOperation({ summary: 'The JSON Schema (2020-12) of all that the feed answers and webhooks are told' })
  schema(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return asJson(request, reply, FEED_SCHEMA);
  }

  @Needs('figures.read')
  @Get('indicators/:period')
  @ApiOperation({ summary: 'All metrics and indicators of a period, with its seal once it is closed' })
  async indicators(
    @Asking() principal: Principal,
    @Param('period') period: string,
    @Query() { org, by }: IndicatorsFeedQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { registryId } = principal;
    const question = { registryId, period: parsePeriod(period).code, org: orgWithin(principal, org), by: by ?? null };
    return asJson(request, reply, await readIndicatorsFeed(this.source, question));
  }

  @Needs('assessments.read')
  @Get('assessments')
  @ApiOperation({ summary: 'The frozen self-assessments, every revision, with the hash of what is found at its path' })
  async assessments(
    @Asking() { registryId, orgs }: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const frozen = await findFrozenAssessments(this.source.manager, registryId, [...orgs]);
    const assessments = frozen.map(({ frozenAt, sha256, ...address }) => ({
      ...address,
      frozenAt: frozenAt.toISOString(),
      path: feedPath(address),
      sha256,
    }));
    return asJson(request, reply, { feed: 'assessments', assessments });
  }

  @Needs('assessments.read')
  @Get('assessments/:form/:period')
  @ApiOperation({ summary: 'A frozen self-assessment, byte for byte as it was frozen' })
  async assessment(
    @Asking() principal: Principal,
    @Param('form') form: string,
    @Param('period') period: string,
    @Query() { org, project = '', revision }: AssessmentFeedQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const address = { form, period, org: orgWithin(principal, org), project, revision };
    const data = await findFrozenData(this.source.manager, principal.registryId, address);
    if (!data) throw notFrozen(form, period);
    return taggedAnswer(request, reply, data.bytes, data.sha256);
  }
}

function asJson(request: FastifyRequest, reply: FastifyReply, answer: object) {
  const bytes = Buffer.from(JSON.stringify(answer));
  return taggedAnswer(request, reply, bytes, createHash('sha256').update(bytes).digest('hex'));
}

function notFrozen(form: string, period: string): DomainError {
  return new DomainError('assessment_unknown', {
    zh: `没有已定稿的自评表“${form}”${period}。草稿不对外提供，定稿后再取。`,
    en: `No self-assessment "${form}" of ${period} is frozen. Drafts are not given out; ask again once it is frozen.`,
  });
}
