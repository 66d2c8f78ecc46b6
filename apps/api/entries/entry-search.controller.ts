import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, Matches } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { requireKind } from '../../../libs/catalogue/kinds';
import { DomainError } from '../../../libs/core/domain-error';
import { isCalendarDate } from '../../../libs/core/period';
import { searchEntries, type FoundEntries } from '../../../libs/ledger/find-entries';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize, YesOrNo } from '../query-fields';

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

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

@ApiTags('entries')
@Controller('api/entries')
@Needs('entries.read')
export class EntrySearchController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Entries by kind, days, subject and writer, the latest first' })
  search(@Asking() principal: Principal, @Query() query: EntrySearchQuery): Promise<FoundEntries> {
    const { org, after, limit, ...asked } = query;
    if (asked.kind !== undefined) requireKind(asked.kind);
    requireDay('from', asked.from);
    requireDay('to', asked.to);
    const scope = { registryId: principal.registryId, org: orgWithin(principal, org) };
    return searchEntries(this.source, scope, asked, { after, limit });
  }
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
