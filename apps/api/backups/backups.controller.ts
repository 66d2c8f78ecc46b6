import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { findDrills, type Drill } from '../../../libs/backup/drill.queries';
import { Asking, Needs } from '../access/needs';

const SHOWN = 60;

@ApiTags('backups')
@Needs('backups.read')
@Controller('api/backups')
export class BackupsController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'The last drills: backups that were restored beside the office and recounted there' })
  async read(@Asking() { registryId }: Principal): Promise<{ drills: Drill[] }> {
    return { drills: await findDrills(this.source.manager, registryId, SHOWN) };
  }
}
