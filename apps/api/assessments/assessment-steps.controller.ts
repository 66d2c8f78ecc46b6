import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConflictResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { WakeUp } from '../../../libs/jobs/wake-up';
import { makeAssessmentFiles } from '../../../libs/reports/assessment-files';
import { reachAddress, type AssessmentAddress } from '../../../libs/self-assessment/address';
import { addComment, settleComment } from '../../../libs/self-assessment/comments';
import { freezeAssessment } from '../../../libs/self-assessment/freeze';
import type { OpenedAssessment } from '../../../libs/self-assessment/read-assessment';
import type { CommentView } from '../../../libs/self-assessment/record';
import { openRevision } from '../../../libs/self-assessment/revise';
import { takeStep, type Step } from '../../../libs/self-assessment/steps';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { AssessmentQuery, readFingerprint, readOptionalText, readVersion } from './assessment-bodies';

const STEPS = ['reviewed', 'approved', 'draft', 'frozen'] as const satisfies readonly (Step | 'frozen')[];

const SEEN = {
  version: { type: 'integer', minimum: 0, description: 'Of the record, as it was answered' },
  fingerprint: { ...TEXT, description: 'As it was answered with the record: of the figures that are answered for' },
} as const;

@ApiTags('assessments')
@Controller('api/assessments/:form/:period')
export class AssessmentStepsController {
  constructor(
    private readonly source: DataSource,
    private readonly wakeUp: WakeUp,
  ) {}

  @Needs('assessments.review')
  @RouteConfig(EXPORT_LIMIT)
  @Post('steps')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Reviews, approves, freezes, or returns it to be a draft (with a note). Who typed it may only return it',
  })
  @ApiBody(bodyOf({ to: { type: 'string', enum: [...STEPS] }, note: TEXT, ...SEEN }, ['to', 'version', 'fingerprint']))
  @ApiConflictResponse({
    description:
      '`assessment_changed`, `assessment_figures_moved`: it was written, or its figures moved, since it was answered. Read it again',
  })
  async step(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
    @Body() body: unknown,
  ): Promise<OpenedAssessment> {
    const { to: asked, note, ...read } = readFields(body, ['to', 'note', 'version', 'fingerprint']);
    const to = STEPS.find((one) => one === asked);
    if (!to) throw stepUnknown();
    const seen = { version: readVersion(read.version), fingerprint: readFingerprint(read.fingerprint) };
    const address = await this.reach(principal, params, query);
    if (to !== 'frozen') {
      return takeStep(this.source, principal, address, { to, note: readOptionalText(note, 'note'), seen });
    }
    const frozen = await freezeAssessment(this.source, principal, address, seen, (opened, at) =>
      makeAssessmentFiles(this.source, principal, opened, at),
    );
    this.wakeUp.deliver();
    return frozen;
  }

  @Needs('assessments.write')
  @Post('revisions')
  @ApiOperation({ summary: 'Opens the next revision of what is frozen, with what was typed and the figures of today' })
  async revise(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
  ): Promise<OpenedAssessment> {
    return openRevision(this.source, principal, await this.reach(principal, params, query));
  }

  @Needs('assessments.comment')
  @Post('comments')
  @ApiOperation({ summary: 'Adds a remark on a line, or on the whole' })
  @ApiBody(bodyOf({ line: TEXT, text: TEXT }, ['text']))
  async comment(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
    @Body() body: unknown,
  ): Promise<CommentView> {
    const { line, text } = readFields(body, ['line', 'text']);
    const address = await this.reach(principal, params, query);
    const said = readOptionalText(text, 'text') ?? '';
    return addComment(this.source, principal, address, { line: readOptionalText(line, 'line'), text: said });
  }

  @Needs('assessments.comment')
  @Post('comments/:number/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Settles a remark' })
  async resolve(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
  ): Promise<CommentView> {
    const number = /^\d{1,9}$/.test(params.number ?? '') ? Number(params.number) : 0;
    return settleComment(this.source, principal, await this.reach(principal, params, query), number);
  }

  private reach(
    principal: Principal,
    { form = '', period = '' }: Readonly<Record<string, string>>,
    { org, project }: AssessmentQuery,
  ): Promise<AssessmentAddress> {
    return reachAddress(this.source.manager, principal, { form, period, org, project });
  }
}

function stepUnknown(): DomainError {
  return new DomainError(
    'field_not_readable',
    {
      zh: `to 应是 ${STEPS.join('、')} 之一（draft 是退回）。`,
      en: `"to" is one of ${STEPS.join(', ')}; draft returns it.`,
    },
    { field: 'to' },
  );
}
