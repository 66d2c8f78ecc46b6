import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readCities, readCityCases, USUAL_WINDOW, type Cities } from '../../../libs/funnel/cities';
import { readContributions, type Contributions } from '../../../libs/funnel/contributions';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize, WholeNumber } from '../query-fields';
import { Moment, PeriodQuery } from '../values/values.dto';
import { OwnAlone, PairQuery } from './case-queries.dto';

const PARTS = ['cases', 'censored', 'total', 'hits', 'lost'] as const;
const SIDES = ['donor', 'patient'] as const;

class CitiesQuery extends PairQuery {
  @WholeNumber(0, 3650, {
    default: USUAL_WINDOW,
    description: 'Days after the first request within which milestones count; 0: however long it took',
  })
  window?: number;
}

class CityCasesQuery extends CitiesQuery {
  @ApiProperty({ enum: PARTS, description: 'Which part of a row: all its cases, denominator, numerator, lost' })
  @IsIn(PARTS)
  part: (typeof PARTS)[number];

  @ApiPropertyOptional({ enum: SIDES, description: 'Of the lost ones: whose doing it was' })
  @IsOptional()
  @IsIn(SIDES)
  side?: (typeof SIDES)[number];

  @ApiPropertyOptional({ description: 'Of the lost ones: why; none: of which no reason is known' })
  @IsOptional()
  @IsString()
  reason?: string;

  @OwnAlone()
  own?: boolean;

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

class ContributionsQuery extends PeriodQuery {
  @ApiProperty({ description: 'Key of a metric that adds over orgs', example: 'donation.completed' })
  @IsString()
  key: string;

  @Moment('As the figures stood then; today unless said')
  asOf?: string;
}

@ApiTags('funnel')
@Controller('api/funnel')
export class CitiesController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get('cities')
  @ApiOperation({ summary: 'Cohort rates of the orgs below with their intervals and funnel limits, and their losses' })
  cities(@Asking() principal: Principal, @Query() query: CitiesQuery): Promise<Cities> {
    const { registryId } = principal;
    return readCities(this.source, { ...query, registryId, org: orgWithin(principal, query.org) });
  }

  @Needs('entries.read')
  @Get('cities/cases')
  @ApiOperation({ summary: 'The cases behind a cohort rate, or those that were lost' })
  cases(@Asking() principal: Principal, @Query() query: CityCasesQuery) {
    const { registryId } = principal;
    return readCityCases(this.source, { ...query, registryId, org: orgWithin(principal, query.org) });
  }

  @Needs('figures.read')
  @Get('contributions')
  @ApiOperation({ summary: "What each org below adds to the whole's change against the year before" })
  contributions(@Asking() principal: Principal, @Query() query: ContributionsQuery): Promise<Contributions> {
    const { registryId } = principal;
    return readContributions(this.source, { ...query, registryId, org: orgWithin(principal, query.org) });
  }
}
