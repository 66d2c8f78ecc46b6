import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { parsePeriod } from '../../../libs/core/period';
import { listSeals, readSeal, type Seal } from '../../../libs/ledger/seals';
import type { SealedValueRow } from '../../../libs/ledger/seals.queries';
import { Asking, Needs } from '../access/needs';
import { WholeNumber } from '../query-fields';

class SealQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said; with all below it" })
  @IsOptional()
  @IsString()
  org?: string;

  @WholeNumber(1, 999_999, { description: 'Which closing of the period; the last one unless said' })
  number?: number;
}

@ApiTags('months')
@Controller('api/seals')
export class SealsController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get()
  @ApiOperation({ summary: 'The seals of the registry in the order of their chain, also those that stand no more' })
  async list(@Asking() { registryId }: Principal): Promise<{ seals: Seal[] }> {
    return { seals: await listSeals(this.source.manager, registryId) };
  }

  @Needs('figures.read')
  @Get(':period')
  @ApiOperation({ summary: 'What a period was when it was closed: the values of an org and those below it' })
  read(
    @Asking() principal: Principal,
    @Param('period') period: string,
    @Query() { org, number }: SealQuery,
  ): Promise<Seal & { readonly values: readonly SealedValueRow[] }> {
    const within = orgWithin(principal, org);
    return readSeal(this.source.manager, principal.registryId, parsePeriod(period).code, within, number);
  }
}
