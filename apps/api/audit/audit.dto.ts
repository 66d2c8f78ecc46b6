import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { PageMark, PageSize } from '../query-fields';

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
  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}
