import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { reachAddress } from '../../../libs/self-assessment/address';
import { readDifferences, type DifferencesSince } from '../../../libs/self-assessment/differences';
import {
  countLinesDue,
  listAssessments,
  type AssessmentList,
  type LinesDue,
} from '../../../libs/self-assessment/list-assessments';
import { openAssessment, type OpenedAssessment } from '../../../libs/self-assessment/read-assessment';
import { Asking, Needs } from '../access/needs';
import { AssessmentQuery, AssessmentsOfQuery, DifferencesQuery } from './assessment-bodies';

@ApiTags('assessments')
@Controller('api/assessments')
export class AssessmentsController {
  constructor(private readonly source: DataSource) {}

  @Needs('assessments.read')
  @Get()
  @ApiOperation({
    summary:
      'The self-assessments of a year and its first half that somebody has begun, how far they are, and the forms',
  })
  list(@Asking() { registryId, orgs }: Principal, @Query() { year }: AssessmentsOfQuery): Promise<AssessmentList> {
    return listAssessments(this.source, { registryId, year, orgs: [...orgs] });
  }

  @Needs('assessments.read')
  @Get('due')
  @ApiOperation({ summary: 'Which lines of the drafts of a year lack an actual, a cause or a reason' })
  due(@Asking() { registryId, orgs }: Principal, @Query() { year }: AssessmentsOfQuery): Promise<LinesDue> {
    return countLinesDue(this.source, registryId, year, [...orgs]);
  }

  @Needs('assessments.read')
  @Get(':form/:period/differences')
  @ApiOperation({ summary: 'What an assessment shows otherwise than at a step, or than the frozen revision before' })
  async differences(
    @Asking() principal: Principal,
    @Param('form') form: string,
    @Param('period') period: string,
    @Query() { since = 'step', ...query }: DifferencesQuery,
  ): Promise<DifferencesSince> {
    const address = await reachAddress(this.source.manager, principal, { ...query, form, period });
    const from = since === 'step' || since === 'revision' ? since : Number(since);
    return readDifferences(this.source, address, from);
  }

  @Needs('assessments.read')
  @Get(':form/:period')
  @ApiOperation({
    summary: 'A self-assessment: its form, filled as the ledger stands now or as it was frozen, and its record',
    description: 'Its `fingerprint` is of the figures that it shows; it is sent with a step, to say which were seen.',
  })
  read(
    @Asking() principal: Principal,
    @Param('form') form: string,
    @Param('period') period: string,
    @Query() query: AssessmentQuery,
  ): Promise<OpenedAssessment> {
    return this.open(principal, form, period, query);
  }

  private async open(
    principal: Principal,
    form: string,
    period: string,
    query: AssessmentQuery,
  ): Promise<OpenedAssessment> {
    return openAssessment(this.source, await reachAddress(this.source.manager, principal, { ...query, form, period }));
  }
}
