import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsISO8601, IsOptional, IsString } from 'class-validator';
import { PageMark, PageSize, YesOrNo } from '../query-fields';

export class TargetsQuery {
  @ApiPropertyOptional({ description: '2024, 2024-H1, 2024-Q3 or 2024-05; all unless said', example: '2024' })
  @IsOptional()
  @IsString()
  period?: string;

  @ApiPropertyOptional({ description: "Of one org alone; all of the caller's unless said" })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiPropertyOptional({ description: 'As they stood then; now unless said', example: '2024-06-30T16:00:00Z' })
  @IsOptional()
  @IsISO8601({ strict: true })
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
