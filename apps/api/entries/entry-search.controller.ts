import { Controller, Get, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiProduces, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { requireKind } from '../../../libs/catalogue/kinds';
import { DomainError } from '../../../libs/core/domain-error';
import { isCalendarDate } from '../../../libs/core/period';
import { findDayTallies, type DayTally } from '../../../libs/ledger/day-tallies.queries';
import { readEntryHistory, type EntryHistory } from '../../../libs/ledger/entry-history';
import { searchEntries, type FoundEntries } from '../../../libs/ledger/find-entries';
import { openEntryFile } from '../../../libs/reports/entry-file';
import { EXPORT_LIMIT } from '../access/rate-limits';
import { Asking, Needs } from '../access/needs';
import { LIST_TYPES, listAnswer } from '../list-answer';
import { PageMark, PageSize, YesOrNo } from '../query-fields';

const FORMATS = ['csv', 'xlsx'] as const;

class EntrySearchQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said; with all below it" })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  kind?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  outcome?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  reason?: string;

  @ApiPropertyOptional({ description: 'The first day on which it may have happened, 2024-05-01' })
  @IsOptional()
  @IsString()
  from?: string;

  @ApiPropertyOptional({ description: 'The last one' })
  @IsOptional()
  @IsString()
  to?: string;

  @ApiPropertyOptional({ description: 'The month it is posted to, 2024-05' })
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/)
  postedMonth?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  donorCode?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  caseCode?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  sampleCode?: string;

  @ApiPropertyOptional({ description: 'Of a donor, a request or a sample' })
  @IsOptional()
  @IsString()
  code?: string;

  @ApiPropertyOptional({ description: "A part of the note's text" })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  note?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The import that it came in by' })
  @IsOptional()
  @IsUUID()
  importId?: string;

  @ApiPropertyOptional({ description: 'Who logged it' })
  @IsOptional()
  @IsString()
  recordedBy?: string;

  @ApiPropertyOptional({ description: 'By which way in: form, api, import' })
  @IsOptional()
  @IsString()
  source?: string;

  @YesOrNo('Only what is neither reversed nor a reversal')
  standing?: boolean;
}

class EntryPageQuery extends EntrySearchQuery {
  @YesOrNo('Whether `total` is told too')
  count?: boolean;

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

class DayTalliesQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said; with all below it" })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiProperty({ description: 'A day of the calendar, 2024-05-31' })
  @IsString()
  day!: string;
}

class EntryExportQuery extends EntrySearchQuery {
  @ApiProperty({ enum: FORMATS })
  @IsIn(FORMATS)
  format!: (typeof FORMATS)[number];
}

@ApiTags('entries')
@Controller('api/entries')
@Needs('entries.read')
export class EntrySearchController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Entries by kind, days, subject and writer, the latest first' })
  search(@Asking() principal: Principal, @Query() query: EntryPageQuery): Promise<FoundEntries> {
    const { org, after, limit, count, ...asked } = query;
    return searchEntries(this.source, scopeOf(principal, org, asked), asked, { after, limit, count });
  }

  @Get('export')
  @RouteConfig(EXPORT_LIMIT)
  @ApiOperation({ summary: 'The same as a file; taking it is an act of its own' })
  @ApiProduces(...Object.values(LIST_TYPES))
  export(
    @Asking() principal: Principal,
    @Query() { org, format, ...asked }: EntryExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const opening = openEntryFile(this.source, scopeOf(principal, org, asked), asked);
    return listAnswer(reply, 'entries', format, opening);
  }

  @Get('day')
  @ApiOperation({ summary: 'The tallies that stand on a day: entries without a donor, case or sample' })
  day(@Asking() principal: Principal, @Query() { org, day }: DayTalliesQuery): Promise<{ tallies: DayTally[] }> {
    requireDay('day', day);
    const { registryId } = principal;
    return findDayTallies(this.source.manager, { registryId, org: orgWithin(principal, org), day }).then((tallies) => ({
      tallies,
    }));
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'One entry with what took it back or what it took back, and the file that it came by' })
  history(@Asking() principal: Principal, @Param('id') id: string): Promise<EntryHistory> {
    return readEntryHistory(this.source, principal.registryId, id, principal.orgs);
  }
}

function scopeOf(
  principal: Principal,
  org: string | undefined,
  { kind, from, to }: EntrySearchQuery,
): { registryId: number; org: string } {
  if (kind !== undefined) requireKind(kind);
  requireDay('from', from);
  requireDay('to', to);
  return { registryId: principal.registryId, org: orgWithin(principal, org) };
}

function requireDay(field: string, day: string | undefined): void {
  if (day === undefined || isCalendarDate(day)) return;
  throw new DomainError(
    'date_not_readable',
    {
      zh: `“${field}”不是日历上的一天，应写作 2024-05-31。`,
      en: `"${field}" is no day of the calendar; write 2024-05-31.`,
    },
    { field },
  );
}
