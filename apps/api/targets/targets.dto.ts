import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsString } from 'class-validator';
import { PageMark, PageSize, YesOrNo } from '../query-fields';
import { Moment } from '../values/values.dto';

export class TargetsQuery {
  @ApiPropertyOptional({ description: '2024, 2024-H1, 2024-Q3 or 2024-05; all unless said', example: '2024' })
  @IsOptional()
  @IsString()
  period?: string;

  @ApiPropertyOptional({ description: "Of one org alone; all of the caller's unless said" })
  @IsOptional()
  @IsString()
  org?: string;

  @Moment('As they stood then; now unless said')
  asOf?: string;
}

export class TargetHistoryQuery {
  @ApiProperty({ example: '2024' })
  @IsString()
  period: string;

  @ApiProperty({ example: 'donation.completed' })
  @IsString()
  key: string;

  @ApiPropertyOptional({ description: "The caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;
}

export class ProgressQuery {
  @ApiProperty({ example: '2024' })
  @IsString()
  period: string;

  @ApiPropertyOptional({ description: "The caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiPropertyOptional({ description: 'Counted to the end of the month of this day; today unless said' })
  @IsOptional()
  @IsString()
  on?: string;

  @Moment('As targets and figures stood then, and what was forecast from them; today unless said')
  asOf?: string;
}

class RangeQuery {
  @ApiProperty({ description: '2024-01..2024-06, or a period', example: '2024-01..2024-06' })
  @IsString()
  period: string;

  @ApiPropertyOptional({ description: "The caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;

  @YesOrNo("The org's own entries alone (本级)")
  own?: boolean;

  @Moment('As the figures stood then; today unless said')
  asOf?: string;
}

export class RunningQuery extends RangeQuery {
  @ApiProperty({ type: String, description: 'Keys, separated by commas', example: 'donation.completed' })
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMaxSize(50)
  @IsString({ each: true })
  keys: string[];
}

export class RunningEntriesQuery extends RangeQuery {
  @ApiProperty({ example: 'donation.completed' })
  @IsString()
  key: string;

  @ApiPropertyOptional({ enum: ['numerator', 'denominator'], description: 'Of a rate; the numerator unless said' })
  @IsOptional()
  @IsIn(['numerator', 'denominator'])
  part?: 'numerator' | 'denominator';

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}
