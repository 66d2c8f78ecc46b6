import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsString } from 'class-validator';
import { PageMark, PageSize, YesOrNo } from '../query-fields';

const GRAINS = ['month', 'quarter', 'half', 'org'] as const;
const AS_OF =
  'A date (its end) or a time, in Asia/Shanghai unless said, a seal (`seal:2024-11`) or a position of the ledger ' +
  '(`position:17`)';

const FORMATS = ['xlsx', 'csv'] as const;
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

/** A field of a query that names a moment of the ledger. */
export const Moment = (description: string) =>
  applyDecorators(ApiPropertyOptional({ description: `${description}. ${AS_OF}` }), IsOptional(), IsString());

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

  @Moment('As the values stood then; today unless said')
  asOf?: string;
}

export class FigureQuery extends PeriodQuery {
  @ApiProperty({ description: 'Key of a metric or an indicator', example: 'match.screen_agreed' })
  @IsString()
  key: string;

  @YesOrNo()
  own?: boolean;

  @ApiPropertyOptional({ enum: PARTS, description: 'Compulsory for a rate' })
  @IsOptional()
  @IsIn(PARTS)
  part?: (typeof PARTS)[number];

  @Moment('As the figure stood then; today unless said')
  asOf?: string;
}

export class EntriesBehindQuery extends FigureQuery {
  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}

export class ExportQuery extends FigureQuery {
  @ApiProperty({ enum: FORMATS })
  @IsIn(FORMATS)
  format: (typeof FORMATS)[number];
}

export class ChangesQuery extends EntriesBehindQuery {
  @ApiProperty({ description: `From when on. ${AS_OF}` })
  @IsString()
  since: string;
}

export class ChangedValuesQuery extends ValuesQuery {
  @ApiProperty({ description: `From when on. ${AS_OF}` })
  @IsString()
  since: string;
}
