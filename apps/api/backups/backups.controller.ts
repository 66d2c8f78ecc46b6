import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import type { Drill } from '../../../libs/backup/drill.queries';
import { readDrills } from '../../../libs/backup/read-drills';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize } from '../query-fields';

class DrillsQuery {
  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

@ApiTags('backups')
@Needs('backups.read')
@Controller('api/backups')
export class BackupsController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({
    summary: 'The drills, the latest first: backups that were restored beside the office and recounted there',
  })
  read(
    @Asking() { registryId }: Principal,
    @Query() { after, limit }: DrillsQuery,
  ): Promise<{ drills: Drill[]; next: string | null }> {
    return readDrills(this.source.manager, registryId, { after, limit });
  }
}
