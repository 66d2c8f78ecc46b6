import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { findLastVerification, findProgress } from '../../../libs/indicators/registry.queries';
import { Asking, ByItself, Needs } from '../access/needs';
import { RegistryService } from '../registry.service';

@ApiTags('status')
@Controller('api/status')
export class StatusController {
  constructor(
    private readonly source: DataSource,
    private readonly registry: RegistryService,
  ) {}

  @Needs('catalogue.read')
  @ByItself()
  @Get()
  @ApiOperation({ summary: 'Which registry this is, how far its ledger and its values have come' })
  async read(@Asking() principal: Principal) {
    const { manager } = this.source;
    const { registryId, ...named } = await this.registry.of(principal);
    const [progress, verification] = await Promise.all([
      findProgress(manager, registryId),
      findLastVerification(manager, registryId),
    ]);
    // What the caller sees as their whole.
    return { registry: named, root: principal.org, ...progress, verification: verification ?? null };
  }
}
