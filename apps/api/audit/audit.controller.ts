import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { actsAsCsv } from '../../../libs/accounts/act-csv';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { everyAct, searchAudit } from '../../../libs/accounts/search-audit';
import { findLastChainCheck, type RecordedAct } from '../../../libs/accounts/search-audit.queries';
import { Asking, Needs } from '../access/needs';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { AuditPageQuery, AuditQuery } from './audit.dto';

const CSV = 'text/csv';

@ApiTags('audit')
@Needs('audit.read')
@Controller('api')
export class AuditController {
  constructor(private readonly source: DataSource) {}

  @Get('audit')
  @ApiOperation({ summary: 'Who did what to which thing, the latest first' })
  search(
    @Asking() principal: Principal,
    @Query() { org, after, limit, ...search }: AuditPageQuery,
  ): Promise<{ acts: RecordedAct[]; next: string | null }> {
    return searchAudit(this.source, scopeOf(principal, org), search, { after, limit });
  }

  @Get('audit/check')
  @ApiOperation({ summary: 'What the last recount of the audit log found; null before the first' })
  async check(@Asking() { registryId }: Principal) {
    return { check: (await findLastChainCheck(this.source.manager, registryId)) ?? null };
  }

  @Get('audit.csv')
  @RouteConfig(EXPORT_LIMIT)
  @ApiOperation({ summary: 'The same as a file; taking it is an act of its own' })
  @ApiProduces(CSV)
  async export(
    @Asking() principal: Principal,
    @Query() { org, ...search }: AuditQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const scope = scopeOf(principal, org);
    // What cannot be asked is refused before the first byte goes out.
    await searchAudit(this.source, scope, search, { limit: 1 });
    void reply.type(`${CSV}; charset=utf-8`).header('content-disposition', 'attachment; filename="audit.csv"');
    return new StreamableFile(Readable.from(actsAsCsv(everyAct(this.source, scope, search))));
  }
}

function scopeOf(principal: Principal, org: string | undefined): { registryId: number; org: string } {
  return { registryId: principal.registryId, org: orgWithin(principal, org) };
}
