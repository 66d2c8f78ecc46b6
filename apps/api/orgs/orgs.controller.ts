import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { findOrgs, type OrgRow } from '../../../libs/indicators/orgs.queries';
import { Asking, Needs } from '../access/needs';

@ApiTags('orgs')
@Controller('api/orgs')
export class OrgsController {
  constructor(private readonly source: DataSource) {}

  @Needs('catalogue.read')
  @Get()
  @ApiOperation({ summary: "The caller's tree of orgs, its root first and without a parent" })
  async list(@Asking() { registryId, org, orgs }: Principal): Promise<OrgRow[]> {
    const reached = (await findOrgs(this.source.manager, registryId)).filter((one) => orgs.has(one.org));
    const root = reached.filter((one) => one.org === org).map((one) => ({ ...one, parent: null }));
    return [...root, ...reached.filter((one) => one.org !== org)];
  }
}
