import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { AGE_BANDS } from '../../../libs/catalogue/age-bands';
import { MILESTONES } from '../../../libs/catalogue/milestones';
import { readAgeing, readAgeingCases } from '../../../libs/funnel/ageing';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize } from '../query-fields';
import { ByOrg, CasesQuery, OwnAlone } from './case-queries.dto';

const SINCE = ['request', 'milestone'] as const;

class AgeingOf extends CasesQuery {
  @ApiPropertyOptional({ description: 'The day on which it is asked, 2024-05-31; today unless said' })
  @IsOptional()
  @IsString()
  day?: string;

  @ApiPropertyOptional({ enum: SINCE, description: 'What the age is counted from; the first request unless said' })
  @IsOptional()
  @IsIn(SINCE)
  since?: (typeof SINCE)[number];

  @OwnAlone()
  own?: boolean;
}

class AgeingQuery extends AgeingOf {
  @ByOrg()
  by?: 'org';
}

class AgeingCasesQuery extends AgeingOf {
  @ApiPropertyOptional({ enum: MILESTONES.map(({ key }) => key), description: 'The milestone that they stand at' })
  @IsOptional()
  @IsString()
  milestone?: string;

  @ApiPropertyOptional({ enum: AGE_BANDS.map(({ key }) => key) })
  @IsOptional()
  @IsString()
  band?: string;

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

@ApiTags('funnel')
@Controller('api/funnel/ageing')
export class AgeingController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get()
  @ApiOperation({ summary: 'Open cases by milestone and age, and who is late against the norms' })
  ageing(@Asking() principal: Principal, @Query() query: AgeingQuery) {
    const { registryId } = principal;
    return readAgeing(this.source, { ...query, registryId, org: orgWithin(principal, query.org) });
  }

  @Needs('entries.read')
  @Get('cases')
  @ApiOperation({ summary: 'The open cases themselves, the oldest first' })
  cases(@Asking() principal: Principal, @Query() query: AgeingCasesQuery) {
    const { registryId } = principal;
    return readAgeingCases(this.source, { ...query, registryId, org: orgWithin(principal, query.org) });
  }
}
