import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../../../libs/accounts/principal';
import { BRIDGE_TERMS } from '../../../libs/catalogue/bridge-terms';
import { LOSS_SIDES, LOSS_WAYS, STAGES } from '../../../libs/catalogue/stages';
import { DomainError } from '../../../libs/core/domain-error';
import { readBridge, readBridgeEntries, type Bridge, type BridgeList } from '../../../libs/funnel/bridge';
import { readCohort, readCohortCases, type Cohort, type CohortList } from '../../../libs/funnel/cohort';
import { COHORT_PARTS } from '../../../libs/funnel/cohort.queries';
import { readPeriodFunnel, type PeriodFunnel } from '../../../libs/funnel/funnel';
import { Asking, Needs } from '../access/needs';
import { PageMark, PageSize, WholeNumber, YesOrNo } from '../query-fields';
import { CasesQuery } from './case-queries.dto';

const STAGE_KEYS = STAGES.map(({ key }) => key);
const SIDES = [...LOSS_SIDES, 'none'] as const;
const VIEWS = ['period', 'cohort'] as const;

class FunnelScopeQuery extends CasesQuery {
  @ApiProperty({ description: '2024, 2024-H1, 2024-Q3 or 2024-05', example: '2024' })
  @IsString()
  period: string;

  @YesOrNo("The org's own entries and requests alone (本级)")
  own?: boolean;
}

class FunnelQuery extends FunnelScopeQuery {
  @ApiPropertyOptional({
    enum: VIEWS,
    default: 'period',
    description: 'What happened in the period, or what came of the requests that began in it',
  })
  @IsOptional()
  @IsIn(VIEWS)
  by?: (typeof VIEWS)[number];
}

class BridgeQuery extends FunnelScopeQuery {
  @ApiProperty({ enum: STAGE_KEYS.slice(1), description: 'The stage whose figure is explained' })
  @IsString()
  stage: string;
}

class FunnelCasesQuery extends FunnelScopeQuery {
  @ApiProperty({ enum: STAGE_KEYS })
  @IsString()
  stage: string;

  @ApiPropertyOptional({ enum: Object.keys(BRIDGE_TERMS), description: 'A term of the bridge to the stage' })
  @IsOptional()
  @IsString()
  term?: string;

  @ApiPropertyOptional({ enum: COHORT_PARTS, description: 'Or a number of the cohort at the stage' })
  @IsOptional()
  @IsString()
  part?: string;

  @WholeNumber(1, 3650, { description: 'Days of the window, for `complete`, `within` and `censored`' })
  days?: number;

  @ApiPropertyOptional({ enum: LOSS_WAYS, description: 'Of the lost ones: how' })
  @IsOptional()
  @IsIn(LOSS_WAYS)
  how?: (typeof LOSS_WAYS)[number];

  @ApiPropertyOptional({ enum: SIDES, description: 'Of the lost ones: whose doing it was' })
  @IsOptional()
  @IsIn(SIDES)
  side?: (typeof SIDES)[number];

  @ApiPropertyOptional({ description: 'Of the lost ones: why; none: of which no reason is known' })
  @IsOptional()
  @IsString()
  reason?: string;

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

@ApiTags('funnel')
@Controller('api/funnel')
export class FunnelController {
  constructor(private readonly source: DataSource) {}

  @Needs('figures.read')
  @Get()
  @ApiOperation({ summary: 'The funnel of a period by its figures, or that of the requests that began in it' })
  funnel(@Asking() principal: Principal, @Query() { by, ...query }: FunnelQuery): Promise<PeriodFunnel | Cohort> {
    const question = { ...query, registryId: principal.registryId, org: orgWithin(principal, query.org) };
    return by === 'cohort' ? readCohort(this.source, question) : readPeriodFunnel(this.source, question);
  }

  @Needs('figures.read')
  @Get('bridge')
  @ApiOperation({
    summary: "How a stage's figure follows from those who passed the stage before: terms that add up to it",
  })
  bridge(@Asking() principal: Principal, @Query() query: BridgeQuery): Promise<Bridge> {
    const { registryId } = principal;
    return readBridge(this.source, { ...query, registryId, org: orgWithin(principal, query.org) });
  }

  @Needs('entries.read')
  @Get('cases')
  @ApiOperation({ summary: 'The requests behind a number of a cohort, or the entries of a term of a bridge' })
  async cases(
    @Asking() principal: Principal,
    @Query() { term, part, ...query }: FunnelCasesQuery,
  ): Promise<BridgeList | CohortList> {
    const question = { ...query, registryId: principal.registryId, org: orgWithin(principal, query.org) };
    if (term !== undefined && part === undefined) return readBridgeEntries(this.source, { ...question, term });
    if (part !== undefined && term === undefined) return readCohortCases(this.source, { ...question, part });
    throw new DomainError(
      'number_not_said',
      {
        zh: '请说明要看哪一个数：衔接表的一项（term），或队列的一项（part）。',
        en: 'Say which number: a term of the bridge (term), or a part of the cohort (part).',
      },
      { field: 'term' },
    );
  }
}
