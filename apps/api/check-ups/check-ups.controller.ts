import { Body, Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOperation, ApiPropertyOptional, ApiTags, type ApiBodyOptions } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { checkUpAside } from '../../../libs/check-up/check-up-aside';
import type { Finding } from '../../../libs/check-up/finding';
import type { FoundNumber } from '../../../libs/check-up/found-number';
import { readLedgerFigures } from '../../../libs/check-up/ledger-figures';
import { readReport, REPORT_BYTES_AT_MOST, reportTooLarge } from '../../../libs/check-up/readers/read-report';
import { DomainError } from '../../../libs/core/domain-error';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { withUpload } from '../imports/upload';

const LIMITS = { bytes: REPORT_BYTES_AT_MOST, fields: [], tooLarge: reportTooLarge } as const;
const BODY: ApiBodyOptions = {
  schema: {
    oneOf: [
      {
        type: 'object',
        required: ['file'],
        properties: {
          file: { type: 'string', format: 'binary', description: 'docx, xlsx, PDF with text or txt, at most 20 MiB' },
        },
      },
      { type: 'object', required: ['text'], additionalProperties: false, properties: { text: { type: 'string' } } },
    ],
  },
};

class CheckUpQuery {
  @ApiPropertyOptional({ description: 'Also hold it against the figures of this period: 2024, 2024-H1' })
  @IsOptional()
  @IsString()
  year?: string;

  @ApiPropertyOptional({ description: "Whose figures; the caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;
}

/** The text as it was read, with what was found in it; offsets count UTF-16 code units of `text`. */
export interface CheckUpView {
  readonly text: string;
  /** The year that the report is of; null where it names none. */
  readonly year: number | null;
  readonly numbers: readonly FoundNumber[];
  readonly findings: readonly Finding[];
}

@ApiTags('check-ups')
@Controller('api/check-ups')
export class CheckUpsController {
  constructor(private readonly source: DataSource) {}

  @Post()
  @HttpCode(200)
  @Needs('figures.read')
  @RouteConfig(EXPORT_LIMIT)
  @ApiOperation({
    summary: 'Check a draft report: its numbers, what they are bound to, and what does not hold. Nothing is kept',
  })
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiBody(BODY)
  async check(
    @Asking() principal: Principal,
    @Query() { year, org }: CheckUpQuery,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<CheckUpView> {
    const within = orgWithin(principal, org);
    const text = request.isMultipart()
      ? await withUpload(request, ({ path, fileName }) => readReport(path, fileName), LIMITS)
      : readText(body);
    const { registryId } = principal;
    const figures =
      year === undefined ? [] : await readLedgerFigures(this.source, { registryId, org: within, period: year });
    return { text, ...(await checkUpAside({ text, figures })) };
  }
}

function readText(body: unknown): string {
  const { text } = readFields(body, ['text']);
  if (typeof text === 'string') return text;
  throw new DomainError(
    'text_missing',
    { zh: '请上传文件，或在 text 中给出要体检的文字。', en: 'Upload a file, or give the text to check in `text`.' },
    { field: 'text' },
  );
}
