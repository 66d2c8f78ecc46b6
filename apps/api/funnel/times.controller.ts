import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { readTimes, readTimesCases, type Times, type TimesCases } from '../../../libs/funnel/times';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize } from '../query-fields';
import { OwnAlone, PairQuery } from './case-queries.dto';

class TimesQuery extends PairQuery {
  @ApiPropertyOptional({ enum: ['month', 'org'], description: 'Finer rows: by month, or by the orgs below' })
  @IsOptional()
  @IsIn(['month', 'org'])
  by?: 'month' | 'org';

  @OwnAlone()
  own?: boolean;
}

class TimesCasesQuery extends PairQuery {
  @ApiProperty({ enum: ['reached', 'open'], description: 'Those whose days are told, or those still open beside them' })
  @IsIn(['reached', 'open'])
  state: 'reached' | 'open';

  @OwnAlone()
  own?: boolean;

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

@ApiTags('funnel')
@Controller('api/funnel/times')
export class TimesController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get()
  @ApiOperation({ summary: 'Median and 90th percentile of the days between two milestones, with and without pauses' })
  times(@Asking() principal: Principal, @Query() query: TimesQuery): Promise<Times> {
    const { registryId } = principal;
    return readTimes(this.source, { ...query, registryId, org: orgWithin(principal, query.org) });
  }

  @Needs('entries.read')
  @Get('cases')
  @ApiOperation({ summary: 'The cases behind the days between two milestones, or those still open' })
  cases(@Asking() principal: Principal, @Query() query: TimesCasesQuery): Promise<TimesCases> {
    const { registryId } = principal;
    return readTimesCases(this.source, { ...query, registryId, org: orgWithin(principal, query.org) });
  }
}
