import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

const GRAINS = ['month', 'quarter', 'half', 'org'] as const;
const PARTS = ['numerator', 'denominator'] as const;

const asBoolean = Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value));

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

  @ApiPropertyOptional({ type: Boolean, description: "The org's own entries alone (本级)" })
  @IsOptional()
  @asBoolean
  @IsBoolean()
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

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @asBoolean
  @IsBoolean()
  own?: boolean;

  @ApiPropertyOptional({ enum: PARTS, description: 'Compulsory for a rate' })
  @IsOptional()
  @IsIn(PARTS)
  part?: (typeof PARTS)[number];

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
