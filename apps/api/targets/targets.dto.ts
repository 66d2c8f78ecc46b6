import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString } from 'class-validator';

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
