import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { IsIn, IsInt, IsISO8601, IsOptional, Min } from 'class-validator';
import { Type } from 'class-transformer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { findKind } from '../../../libs/catalogue/kinds';
import { DomainError } from '../../../libs/core/domain-error';
import { makeScratchFolder } from '../../../libs/core/scratch-folder';
import { isUuid } from '../../../libs/core/uuid';
import { findOrgs, findRoot } from '../../../libs/indicators/orgs.queries';
import { writeImportErrors } from '../../../libs/intake/import-errors';
import { findEffect, type ImportEffect } from '../../../libs/intake/import-effect';
import type { Importer, ImportRecord } from '../../../libs/intake/import-record';
import { placed } from '../../../libs/intake/import-places';
import { importUnknown } from '../../../libs/intake/import-refused';
import {
  findGoneEntries,
  findProposedRows,
  isOfEntries,
  PROPOSALS,
  type Proposal,
  type ProposedRow,
} from '../../../libs/intake/import-rows.queries';
import { findFirstDay } from '../../../libs/indicators/registry.queries';
import { readImport } from '../../../libs/intake/import-run';
import { acceptImport, cancelImport, mapImport, receiveFile } from '../../../libs/intake/imports';
import { findImport, listImports } from '../../../libs/intake/imports.queries';
import { templateWorkbook } from '../../../libs/intake/template-workbook';
import { WakeUp } from '../../../libs/jobs/wake-up';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { attachment } from '../attachment';
import { PageSize, YesOrNo } from '../query-fields';
import { rowView, viewOf, type ImportView } from './import-view';
import { readKeepGaps, readMapping, readMode, readReason, readDuplicate } from './import-bodies';
import { ACCEPTANCE, COUNTED, UPLOAD } from './import-forms';
import { withUpload } from './upload';

const LISTED = 25;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
class ListQuery {
  @ApiProperty({ required: false, description: 'Those received before' })
  @IsOptional()
  @IsISO8601()
  before?: string;

  @YesOrNo('Only those that wait for an answer')
  waiting?: boolean;
}

class RowsQuery {
  @ApiProperty({ enum: PROPOSALS })
  @IsIn(PROPOSALS)
  proposal: Proposal;

  @ApiProperty({
    required: false,
    default: 0,
    description: 'Of the last row seen; of `gone`, `held` and `blocked`: how many were seen',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after?: number;

  @ApiProperty({ required: false, default: 0, description: 'The sheet of that row, counted from 0' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  sheet?: number;

  @PageSize(100)
  limit?: number;
}

@ApiTags('imports')
@Controller('api/imports')
@Needs('imports.write')
export class ImportsController {
  constructor(
    private readonly source: DataSource,
    private readonly wakeUp: WakeUp,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Upload a file of entries; it is read and compared, and nothing happens until it is accepted',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody(UPLOAD)
  async upload(@Asking() principal: Principal, @Req() request: FastifyRequest): Promise<ImportView> {
    const record = await withUpload(request, async ({ path, fileName, fields }) => {
      const keepGaps = readKeepGaps(fields.keepGaps);
      if (keepGaps) await this.requireRoot(principal);
      return receiveFile(this.source, importerOf(principal), {
        path,
        fileName,
        org: orgWithin(principal, fields.org),
        kind: fields.kind ?? null,
        name: fields.name,
        mode: readMode(fields.mode),
        keepGaps,
        reason: fields.reason,
      });
    });
    return this.goOn(record);
  }

  @Get()
  @ApiOperation({ summary: 'The imports of your orgs, the latest first' })
  async list(
    @Asking() { registryId, orgs }: Principal,
    @Query() { before, waiting }: ListQuery,
  ): Promise<{ imports: ImportView[] }> {
    const asked = { before: before === undefined ? null : new Date(before), waiting };
    return { imports: (await listImports(this.source.manager, registryId, [...orgs], asked, LISTED)).map(viewOf) };
  }

  @RouteConfig(EXPORT_LIMIT)
  @Get('templates/:kind.xlsx')
  @ApiOperation({ summary: 'A workbook to fill in with entries of one kind' })
  @ApiProduces(XLSX)
  async template(
    @Asking() { registryId, orgs }: Principal,
    @Param('kind') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const kind = findKind(code);
    if (!kind) {
      throw new DomainError('kind_unknown', {
        zh: `没有登记种类“${code}”。`,
        en: `There is no kind of entry "${code}".`,
      });
    }
    const firstDay = await findFirstDay(this.source.manager, registryId);
    const reached = (await findOrgs(this.source.manager, registryId)).filter(({ org }) => orgs.has(org));
    sendAs(reply, `${code}.xlsx`, `${kind.label.zh}-模板.xlsx`);
    return new StreamableFile(await templateWorkbook(kind, reached, firstDay));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One import, with how far it has come', description: COUNTED })
  async read(@Asking() principal: Principal, @Param('id') id: string): Promise<ImportView> {
    return viewOf(await this.ofCaller(principal, id));
  }

  @Put(':id/mapping')
  @ApiOperation({ summary: 'Say what columns hold, by their names; null: not imported. The file is read again' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['columns'],
      properties: { columns: { type: 'object', additionalProperties: { type: 'string', nullable: true } } },
    },
  })
  async map(@Asking() principal: Principal, @Param('id') id: string, @Body() body: unknown): Promise<ImportView> {
    const { importId } = await this.ofCaller(principal, id);
    const { columns } = readFields(body, ['columns']);
    return this.goOn(await mapImport(this.source, importerOf(principal), importId, readMapping(columns)));
  }

  @Get(':id/rows')
  @ApiOperation({ summary: 'The rows of one proposal, in the order of the file', description: COUNTED })
  async rows(
    @Asking() principal: Principal,
    @Param('id') id: string,
    @Query() { proposal, after = 0, sheet = 0, limit = 100 }: RowsQuery,
  ): Promise<{ rows: ProposedRow[] }> {
    const record = await this.ofCaller(principal, id);
    const { importId, registryId } = record;
    const { manager } = this.source;
    const rows = isOfEntries(proposal)
      ? await findGoneEntries(manager, registryId, importId, proposal, after, limit)
      : await findProposedRows(manager, registryId, importId, proposal, { sheet, row: after }, limit);
    return { rows: placed(record, rows).map(rowView) };
  }

  @RouteConfig(EXPORT_LIMIT)
  @Get(':id/effect')
  @ApiOperation({ summary: 'Which months, metrics and indicators would move if it were accepted, and by how much' })
  async effect(@Asking() principal: Principal, @Param('id') id: string): Promise<{ effect: ImportEffect | null }> {
    const record = await this.ofCaller(principal, id);
    return { effect: record.state === 'staged' ? await findEffect(this.source, record) : null };
  }

  @RouteConfig(EXPORT_LIMIT)
  @Get(':id/errors.xlsx')
  @ApiOperation({ summary: 'The file as a workbook, its bad cells marked, with a sentence for each' })
  @ApiProduces(XLSX)
  async errors(
    @Asking() principal: Principal,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const record = await this.ofCaller(principal, id);
    const folder = await makeScratchFolder('errors');
    const remove = () => void rm(folder, { recursive: true, force: true }).catch(() => undefined);
    try {
      const out = join(folder, 'errors.xlsx');
      await writeImportErrors(this.source, record, out);
      sendAs(reply, 'errors.xlsx', `${record.name}-问题.xlsx`);
      return new StreamableFile(createReadStream(out).once('close', remove));
    } catch (error) {
      remove();
      throw error;
    }
  }

  @Post(':id/accept')
  @HttpCode(202)
  @ApiOperation({ summary: 'Let it into the ledger, or let it go on after a question' })
  @ApiBody(ACCEPTANCE)
  async accept(@Asking() principal: Principal, @Param('id') id: string, @Body() body: unknown): Promise<ImportView> {
    const { importId } = await this.ofCaller(principal, id);
    const { reason, duplicate } = readFields(body ?? {}, ['reason', 'duplicate']);
    const answer = { reason: readReason(reason), duplicate: readDuplicate(duplicate) };
    return this.goOn(await acceptImport(this.source, importerOf(principal), importId, answer));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'End it; what has been posted already stays' })
  async cancel(@Asking() principal: Principal, @Param('id') id: string): Promise<ImportView> {
    const { importId } = await this.ofCaller(principal, id);
    return viewOf(await cancelImport(this.source, importerOf(principal), importId));
  }

  /** Gaps are a matter of the whole registry. */
  private async requireRoot({ registryId, org }: Principal): Promise<void> {
    if (org === (await findRoot(this.source.manager, registryId))) return;
    throw new DomainError(
      'keep_gaps_refused',
      {
        zh: '允许缺少前置登记的历史导入，只能由资料库本级的登记员进行。',
        en: 'Only somebody of the registry itself may import history with gaps in it.',
      },
      { field: 'keepGaps' },
    );
  }

  private goOn(record: ImportRecord): ImportView {
    this.wakeUp.import(record.registryId, record.importId);
    return viewOf(record);
  }

  /** An import out of reach is no other than one that does not exist. */
  private async ofCaller({ registryId, orgs }: Principal, id: string): Promise<ImportRecord> {
    const record = isUuid(id) ? await findImport(this.source.manager, registryId, id) : undefined;
    if (!record || !orgs.has(record.org)) throw importUnknown(id);
    return readImport(this.source, registryId, record.importId);
  }
}

function importerOf({ registryId, name, address }: Principal): Importer {
  return { registryId, name, address };
}

function sendAs(reply: FastifyReply, ascii: string, name: string): void {
  void reply.type(XLSX).header('content-disposition', attachment(ascii, name));
}
