import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { addOrg, changeOrg, ORG_LEVELS, type OrgView } from '../../../libs/accounts/orgs';
import type { Principal } from '../../../libs/accounts/principal';
import { findOrgs, type OrgRow } from '../../../libs/indicators/orgs.queries';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
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

  @Needs('settings.manage')
  @Post()
  @ApiOperation({ summary: "A new org below one of the caller's: a county, a blood station, a university" })
  @ApiBody(
    bodyOf({ code: TEXT, parent: TEXT, level: { type: 'string', enum: [...ORG_LEVELS] }, nameZh: TEXT, nameEn: TEXT }, [
      'code',
      'level',
      'nameZh',
    ]),
  )
  add(@Asking() principal: Principal, @Body() body: unknown): Promise<OrgView> {
    const input = readFields(body, ['code', 'parent', 'level', 'nameZh', 'nameEn']);
    return this.source.transaction((manager) => addOrg(manager, principal, input));
  }

  @Needs('settings.manage')
  @Patch(':org')
  @ApiOperation({ summary: 'Another name; or closed on a day, after which nothing is logged for it' })
  @ApiBody(bodyOf({ nameZh: TEXT, nameEn: TEXT, closedOn: { type: 'string', format: 'date', nullable: true } }, []))
  change(@Asking() principal: Principal, @Param('org') org: string, @Body() body: unknown): Promise<OrgView> {
    const change = readFields(body, ['nameZh', 'nameEn', 'closedOn']);
    return this.source.transaction((manager) => changeOrg(manager, principal, org, change));
  }
}
