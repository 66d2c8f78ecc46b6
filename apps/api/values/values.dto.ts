import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsString } from 'class-validator';
import { PageMark, PageSize, YesOrNo } from '../query-fields';

const GRAINS = ['month', 'quarter', 'half', 'org'] as const;
const PARTS = ['numerator', 'denominator'] as const;

export class PeriodQuery {
  @ApiProperty({ description: '2024, 2024-H1, 2024-Q3 or 2024-05', example: '2024' })
  @IsString()
  period: string;

  @ApiPropertyOptional({ description: 'Code of the org; the registry unless said' })
  @IsOptional()
  @IsString()
  org?: string;
}

export class ValuesQuery extends PeriodQuery {
  @ApiPropertyOptional({ enum: GRAINS, description: 'Finer rows: by time, or by the orgs below' })
  @IsOptional()
  @IsIn(GRAINS)
  by?: (typeof GRAINS)[number];

  @YesOrNo("The org's own entries alone (本级)")
  own?: boolean;

  @ApiPropertyOptional({ type: String, description: 'Keys, separated by commas; all unless said' })
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMaxSize(200)
  @IsString({ each: true })
  keys?: string[];
}

export class EntriesBehindQuery extends PeriodQuery {
  @ApiProperty({ description: 'Key of a metric or an indicator', example: 'match.screen_agreed' })
  @IsString()
  key: string;

  @YesOrNo()
  own?: boolean;

  @ApiPropertyOptional({ enum: PARTS, description: 'Compulsory for a rate' })
  @IsOptional()
  @IsIn(PARTS)
  part?: (typeof PARTS)[number];

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}
