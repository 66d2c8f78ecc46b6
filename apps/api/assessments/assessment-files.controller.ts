import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { DomainError } from '../../../libs/core/domain-error';
import { addEvidence, EVIDENCE_BYTES_AT_MOST, evidenceTooLarge } from '../../../libs/ledger/evidence';
import { FILE_TYPES, openAssessmentFile } from '../../../libs/reports/assessment-file';
import { narrative } from '../../../libs/reports/narrative';
import type { Paragraph } from '../../../libs/reports/narrative-run';
import { numberSources } from '../../../libs/reports/report-sources';
import { findPlace, reachAddress } from '../../../libs/self-assessment/address';
import { openAssessment, type OpenedAssessment } from '../../../libs/self-assessment/read-assessment';
import { FILE_KINDS } from '../../../libs/self-assessment/record';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { attachment } from '../attachment';
import { withUpload } from '../imports/upload';
import { leaving } from '../leaving';
import { AssessmentQuery } from './assessment-bodies';

class FileQuery extends AssessmentQuery {
  @ApiPropertyOptional({ description: 'Code of a line: its evidence alone' })
  @IsOptional()
  @IsString()
  line?: string;
}

const EVIDENCE_LIMITS = { bytes: EVIDENCE_BYTES_AT_MOST, fields: [], tooLarge: evidenceTooLarge } as const;

@ApiTags('assessments')
@Controller('api/assessments/:form/:period')
export class AssessmentFilesController {
  constructor(private readonly source: DataSource) {}

  @Needs('assessments.read')
  @RouteConfig(EXPORT_LIMIT)
  @Get('files/:kind')
  @ApiOperation({
    summary:
      'What is handed in: form, report, data and evidence, as it was frozen, else as it stands; evidence needs `entries.read`',
  })
  @ApiParam({ name: 'kind', enum: FILE_KINDS })
  @ApiProduces(...Object.values(FILE_TYPES))
  async file(
    @Asking() principal: Principal,
    @Param('form') form: string,
    @Param('period') period: string,
    @Param('kind') asked: string,
    @Query() { line, ...address }: FileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const gone = leaving(reply);
    const kind = FILE_KINDS.find((one) => one === asked);
    if (!kind) throw fileUnknown(asked);
    const opened = await this.open(principal, { form, period, ...address });
    const { name, body } = await openAssessmentFile(this.source, principal, opened, { kind, line }, gone);
    void reply
      .type(FILE_TYPES[kind])
      .header('content-disposition', attachment(`${opened.address.form}-${opened.address.period}-${kind}`, name));
    return new StreamableFile(body);
  }

  @Needs('assessments.read')
  @Get('narrative')
  @ApiOperation({
    summary: 'The report in words: runs of text, and numbers that say which line and figure they are of',
  })
  async narrative(
    @Asking() principal: Principal,
    @Param('form') form: string,
    @Param('period') period: string,
    @Query() address: AssessmentQuery,
  ): Promise<{ paragraphs: Paragraph[]; sources: { line: string; text: string }[] }> {
    const { filled } = await this.open(principal, { form, period, ...address });
    const paragraphs = narrative(filled);
    const { numbers, list } = numberSources(filled, paragraphs);
    return { paragraphs, sources: [...numbers].map(([line, number]) => ({ line, text: list[number - 1] ?? '' })) };
  }

  @Needs('assessments.write')
  @Post('evidence')
  @ApiOperation({
    summary:
      "Keep a file of the assessment's org; its `code` is what a line's `evidence` takes. The same file twice is one",
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  async evidence(
    @Asking() principal: Principal,
    @Param('form') form: string,
    @Param('period') period: string,
    @Query() address: AssessmentQuery,
    @Req() request: FastifyRequest,
  ): Promise<{ code: string; name: string }> {
    const { manager } = this.source;
    const { place } = await findPlace(manager, await reachAddress(manager, principal, { form, period, ...address }));
    return withUpload(
      request,
      async ({ path, fileName: name }) => {
        const file = { org: place.org, name, bytes: await readFile(path) };
        const { code } = await addEvidence(this.source, principal, file);
        return { code, name };
      },
      EVIDENCE_LIMITS,
    );
  }

  private async open(
    principal: Principal,
    asked: AssessmentQuery & { form: string; period: string },
  ): Promise<OpenedAssessment> {
    return openAssessment(this.source, await reachAddress(this.source.manager, principal, asked));
  }
}

function fileUnknown(kind: string): DomainError {
  return new DomainError(
    'assessment_file_unknown',
    {
      zh: `没有“${kind}”这种文件，可以下载 ${FILE_KINDS.join('、')}。`,
      en: `There is no file "${kind}"; there are ${FILE_KINDS.join(', ')}.`,
    },
    { field: 'kind' },
  );
}
