import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { findOrgs } from '../../../libs/indicators/orgs.queries';
import { findRegistries, findLastVerification, findProgress } from '../../../libs/indicators/registry.queries';

@ApiTags('status')
@Controller('api/status')
export class StatusController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Which registry this is, how far its ledger and its values have come' })
  async read() {
    const { manager } = this.source;
    const [registry] = await findRegistries(manager);
    if (!registry) return { registry: null };
    const { registryId, ...named } = registry;
    const [orgs, progress, verification] = await Promise.all([
      findOrgs(manager, registryId),
      findProgress(manager, registryId),
      findLastVerification(manager, registryId),
    ]);
    return {
      registry: named,
      root: orgs.find((org) => org.parent === null)?.org ?? null,
      ...progress,
      verification: verification ?? null,
    };
  }
}
