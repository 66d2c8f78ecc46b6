import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';

export class CardQuery {
  @ApiPropertyOptional({ description: 'Two versions, apart by a comma, as `1,1.2`' })
  @IsOptional()
  @IsString()
  compare?: string;
}
