import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readWorklist, readWorklists } from '../../../libs/ledger/worklists';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize, YesOrNo } from '../query-fields';

class WorklistsQuery {
  @ApiPropertyOptional({ description: "Code of the org whose people wait; the caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;
}

class WorklistQuery extends WorklistsQuery {
  @YesOrNo('Only those whose day has passed')
  overdue?: boolean;

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

@ApiTags('worklists')
@Controller('api/worklists')
@Needs('entries.read')
export class WorklistsController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'How many wait for what, by list and org, and how long' })
  async counts(@Asking() principal: Principal, @Query() query: WorklistsQuery) {
    const { registryId } = principal;
    return readWorklists(this.source, { registryId, org: orgWithin(principal, query.org) });
  }

  @Get(':key')
  @ApiOperation({ summary: 'Who waits in one list, the longest due first' })
  async list(@Asking() principal: Principal, @Param('key') key: string, @Query() query: WorklistQuery) {
    const { registryId } = principal;
    const { org, overdue, ...page } = query;
    const question = { registryId, org: orgWithin(principal, org), key, overdueOnly: overdue, ...page };
    return readWorklist(this.source, question);
  }
}
