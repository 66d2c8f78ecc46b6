import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

const RESULTS = ['done', 'refused', 'failed'] as const;

export class AuditQuery {
  @ApiPropertyOptional({ description: 'Code of the org, with all below it; the own one unless said' })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiPropertyOptional({ description: 'Who' })
  @IsOptional()
  @IsString()
  actor?: string;

  @ApiPropertyOptional({ description: 'What was done', example: 'entries.append' })
  @IsOptional()
  @IsString()
  act?: string;

  @ApiPropertyOptional({ description: 'To what: an id, a code, a month' })
  @IsOptional()
  @IsString()
  thing?: string;

  @ApiPropertyOptional({ enum: RESULTS })
  @IsOptional()
  @IsIn(RESULTS)
  result?: (typeof RESULTS)[number];

  @ApiPropertyOptional({ description: 'The first day, in Asia/Shanghai', example: '2024-05-01' })
  @IsOptional()
  @IsString()
  from?: string;

  @ApiPropertyOptional({ description: 'The last day', example: '2024-05-31' })
  @IsOptional()
  @IsString()
  to?: string;
}

export class AuditPageQuery extends AuditQuery {
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
