import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { parsePeriod } from '../../../libs/core/period';
import { findBatchDifferences, type BatchDifference } from '../../../libs/ledger/batches';
import { Asking, Needs } from '../access/needs';

class BatchesQuery {
  @ApiProperty({ description: '2024, 2024-H1, 2024-Q3 or 2024-05', example: '2024' })
  @IsString()
  period: string;
}

@ApiTags('batches')
@Controller('api/batches')
@Needs('entries.read')
export class BatchesController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Batches of samples that arrived with other counts than they were sent with' })
  async differing(
    @Asking() { registryId, orgs }: Principal,
    @Query() { period }: BatchesQuery,
  ): Promise<{ batches: BatchDifference[] }> {
    return { batches: await findBatchDifferences(this.source.manager, registryId, orgs, parsePeriod(period)) };
  }
}
