import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags, type ApiBodyOptions } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import {
  addEvidence,
  EVIDENCE_BYTES_AT_MOST,
  evidenceTooLarge,
  listEvidence,
  readEvidence,
} from '../../../libs/ledger/evidence';
import type { EvidenceView } from '../../../libs/ledger/evidence.queries';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { attachment } from '../attachment';
import { withUpload } from '../imports/upload';
import { OrgPageQuery } from '../query-fields';

const UPLOAD: ApiBodyOptions = {
  schema: {
    type: 'object',
    required: ['file'],
    properties: {
      file: { type: 'string', format: 'binary', description: 'PDF, docx, xlsx, PNG, JPG, CSV or TXT, at most 20 MiB' },
      org: { type: 'string', description: 'Whose file it is; your own org unless said' },
    },
  },
};
const LIMITS = { bytes: EVIDENCE_BYTES_AT_MOST, fields: ['org'], tooLarge: evidenceTooLarge } as const;

@ApiTags('evidence')
@Controller('api/evidence')
export class EvidenceController {
  constructor(private readonly source: DataSource) {}

  @Post()
  @Needs('entries.write')
  @ApiOperation({
    summary:
      'Keep a file; its `code` is what the attribute `evidence` of a reported value takes. The same file twice is one',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody(UPLOAD)
  add(
    @Asking() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<Pick<EvidenceView, 'code' | 'name' | 'size' | 'mediaType' | 'sha256'>> {
    return withUpload(
      request,
      async ({ path, fileName, fields }) => {
        const file = { org: orgWithin(principal, fields.org), name: fileName, bytes: await readFile(path) };
        const { code, name, size, mediaType, sha256 } = await addEvidence(this.source, principal, file);
        return { code, name, size, mediaType, sha256 };
      },
      LIMITS,
    );
  }

  @Get()
  @Needs('entries.read')
  @ApiOperation({ summary: 'The files of an org and those below it, the latest first' })
  list(
    @Asking() principal: Principal,
    @Query() { org, after, limit }: OrgPageQuery,
  ): Promise<{ files: EvidenceView[]; next: string | null }> {
    const scope = { registryId: principal.registryId, org: orgWithin(principal, org) };
    return listEvidence(this.source.manager, scope, { after, limit });
  }

  @RouteConfig(EXPORT_LIMIT)
  @Get(':code')
  @Needs('entries.read')
  @ApiOperation({ summary: 'One file, as it was uploaded; never shown in place' })
  @ApiProduces('application/octet-stream')
  async read(
    @Asking() principal: Principal,
    @Param('code') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { name, mediaType, bytes } = await readEvidence(this.source.manager, principal, code);
    void reply
      .type(mediaType)
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', attachment(`${code}${extname(name)}`, name));
    return new StreamableFile(bytes);
  }
}
