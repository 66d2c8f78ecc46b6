import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { findOrgs, type OrgRow } from '../../../libs/indicators/orgs.queries';
import { RegistryService } from '../registry.service';

@ApiTags('orgs')
@Controller('api/orgs')
export class OrgsController {
  constructor(
    private readonly source: DataSource,
    private readonly registry: RegistryService,
  ) {}

  @Get()
  @ApiOperation({ summary: "The registry's tree of orgs, the root first" })
  async list(): Promise<OrgRow[]> {
    return findOrgs(this.source.manager, await this.registry.id());
  }
}
