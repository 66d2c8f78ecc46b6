import { Body, Controller, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { reachAddress, type AssessmentAddress } from '../../../libs/self-assessment/address';
import type { OpenedAssessment } from '../../../libs/self-assessment/read-assessment';
import { copyTargets, importFormTargets, type TargetsSet } from '../../../libs/self-assessment/set-targets';
import {
  BUDGET_FIELDS,
  LINE_FIELDS,
  readBudgetFigures,
  readCompletion,
  readDeclaredTotal,
  readTypedLine,
} from '../../../libs/self-assessment/typed-content';
import { BUDGET, TASK, TOTAL } from '../../../libs/self-assessment/typed-form';
import { choosePack, writeTyped } from '../../../libs/self-assessment/write-typed';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { withUpload } from '../imports/upload';
import { AssessmentQuery, readDryRun, readOptionalText, readTargetsMode, readVersion } from './assessment-bodies';

const MIB = 1024 * 1024;
const FILE_BYTES_AT_MOST = 5 * MIB;
const VERSION = {
  type: 'integer',
  minimum: 0,
  description: 'Of the record, as the writer had it before them',
} as const;
const EVIDENCE = { type: 'array', items: TEXT } as const;
const texts = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, TEXT]));

@ApiTags('assessments')
@Controller('api/assessments/:form/:period')
export class AssessmentTypingController {
  constructor(private readonly source: DataSource) {}

  @Needs('assessments.write')
  @Put('lines/:code')
  @ApiOperation({ summary: 'Writes all that is typed for a line; what another wrote meanwhile is answered with 409' })
  @ApiBody(bodyOf({ ...texts(LINE_FIELDS), evidence: EVIDENCE, version: VERSION }, ['version']))
  line(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
    @Body() body: unknown,
  ): Promise<OpenedAssessment> {
    const { version, ...typed } = readFields(body, [...LINE_FIELDS, 'version']);
    return this.write(principal, params, query, requireLine(params.code), readTypedLine(typed), version);
  }

  @Needs('assessments.write')
  @Put('budget/:row')
  @ApiOperation({ summary: "Writes a row of the budget, or one of the office's own" })
  @ApiBody(bodyOf({ ...texts(BUDGET_FIELDS), version: VERSION }, ['version']))
  budget(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
    @Body() body: unknown,
  ): Promise<OpenedAssessment> {
    const { version, ...typed } = readFields(body, [...BUDGET_FIELDS, 'version']);
    return this.write(principal, params, query, BUDGET + params.row, readBudgetFigures(typed), version);
  }

  @Needs('assessments.write')
  @Put('tasks/:code')
  @ApiOperation({ summary: 'Writes how a task was completed' })
  @ApiBody(bodyOf({ completion: TEXT, version: VERSION }, ['version']))
  task(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
    @Body() body: unknown,
  ): Promise<OpenedAssessment> {
    const { version, ...typed } = readFields(body, ['completion', 'version']);
    return this.write(principal, params, query, TASK + params.code, readCompletion(typed), version);
  }

  @Needs('assessments.write')
  @Put('total')
  @ApiOperation({ summary: 'Writes the total that the office declares, to be held against the one that comes out' })
  @ApiBody(bodyOf({ total: TEXT, version: VERSION }, ['version']))
  total(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
    @Body() body: unknown,
  ): Promise<OpenedAssessment> {
    const { version, ...typed } = readFields(body, ['total', 'version']);
    return this.write(principal, params, query, TOTAL, readDeclaredTotal(typed), version);
  }

  @Needs('assessments.write')
  @Put('pack')
  @ApiOperation({ summary: 'Scores a draft by another rule pack' })
  @ApiBody(bodyOf({ pack: TEXT, version: VERSION }))
  async pack(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
    @Body() body: unknown,
  ): Promise<OpenedAssessment> {
    const { version, pack } = readFields(body, ['pack', 'version']);
    const address = await this.reach(principal, params, query);
    return choosePack(this.source, principal, address, readOptionalText(pack, 'pack') ?? '', readVersion(version));
  }

  @Needs('assessments.write')
  @RouteConfig(EXPORT_LIMIT)
  @Post('targets')
  @HttpCode(200)
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiOperation({
    summary: 'Types the targets of the year before, or of a workbook in the form’s own layout; a dry run only looks',
    description:
      'As JSON: `{ "from": "last_year", "dryRun": true, "version": 3 }`. As a form: `file`, `version`, and `mode` dry_run.',
  })
  async targets(
    @Asking() principal: Principal,
    @Param() params: Record<string, string>,
    @Query() query: AssessmentQuery,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<TargetsSet> {
    const address = await this.reach(principal, params, query);
    if (!request.isMultipart()) {
      const { from, dryRun, version } = readFields(body, ['from', 'dryRun', 'version']);
      if (from !== 'last_year') throw fromUnknown();
      return copyTargets(this.source, principal, address, { seen: readVersion(version), dryRun: readDryRun(dryRun) });
    }
    const limits = { bytes: FILE_BYTES_AT_MOST, fields: ['version', 'mode'] as const, tooLarge };
    return withUpload(
      request,
      ({ path, fields: { version, mode } }) =>
        importFormTargets(this.source, principal, address, path, {
          seen: readVersion(version),
          dryRun: readTargetsMode(mode),
        }),
      limits,
    );
  }

  private async write(
    principal: Principal,
    params: Readonly<Record<string, string>>,
    query: AssessmentQuery,
    place: string,
    content: object,
    version: unknown,
  ): Promise<OpenedAssessment> {
    const address = await this.reach(principal, params, query);
    return writeTyped(this.source, principal, address, new Map([[place, content]]), readVersion(version));
  }

  /** What is written is the latest revision. */
  private reach(
    principal: Principal,
    { form = '', period = '' }: Readonly<Record<string, string>>,
    { org, project }: AssessmentQuery,
  ): Promise<AssessmentAddress> {
    return reachAddress(this.source.manager, principal, { form, period, org, project });
  }
}

/** Other places of the form have routes of their own. */
function requireLine(code = ''): string {
  return code.includes(':') || code === TOTAL || code === 'pack' ? `line:${code}` : code;
}

function fromUnknown(): DomainError {
  return new DomainError(
    'field_not_readable',
    { zh: '指标值从哪里来：from 应为 last_year，或上传一个文件。', en: 'Say where from: last_year, or upload a file.' },
    { field: 'from' },
  );
}

function tooLarge(): DomainError {
  return new DomainError(
    'file_too_large',
    { zh: '文件超过 5 MiB。请只上传这一张自评表。', en: 'The file is larger than 5 MiB; upload this form alone.' },
    { field: 'file' },
  );
}
