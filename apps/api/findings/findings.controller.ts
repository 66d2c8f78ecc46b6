import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readFindings, type Findings } from '../../../libs/ledger/findings';
import { Asking, Needs } from '../access/needs';

class FindingsQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said; with all below it" })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  after?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 1000, default: 50 })
  @IsOptional()
  @Transform(({ value }) => (/^\d+$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;
}

@ApiTags('findings')
@Controller('api/findings')
@Needs('entries.read')
export class FindingsController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Entries of imported history before which something should stand that does not' })
  list(@Asking() principal: Principal, @Query() { org, ...page }: FindingsQuery): Promise<Findings> {
    return readFindings(this.source, { registryId: principal.registryId, org: orgWithin(principal, org) }, page);
  }
}
