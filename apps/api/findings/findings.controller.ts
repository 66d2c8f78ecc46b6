import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readFindings, type Findings } from '../../../libs/ledger/findings';
import { Asking, Needs } from '../access/needs';
import { OrgPageQuery } from '../query-fields';

@ApiTags('findings')
@Controller('api/findings')
@Needs('entries.read')
export class FindingsController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Entries of imported history before which something should stand that does not' })
  list(@Asking() principal: Principal, @Query() { org, ...page }: OrgPageQuery): Promise<Findings> {
    return readFindings(this.source, { registryId: principal.registryId, org: orgWithin(principal, org) }, page);
  }
}
