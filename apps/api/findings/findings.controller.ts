import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readFindings, type Findings } from '../../../libs/ledger/findings';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize } from '../query-fields';

class FindingsQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said; with all below it" })
  @IsOptional()
  @IsString()
  org?: string;

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

@ApiTags('findings')
@Controller('api/findings')
@Needs('entries.read')
export class FindingsController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Entries of imported history before which something should stand that does not' })
  list(@Asking() principal: Principal, @Query() { org, ...page }: FindingsQuery): Promise<Findings> {
    return readFindings(this.source, { registryId: principal.registryId, org: orgWithin(principal, org) }, page);
  }
}
