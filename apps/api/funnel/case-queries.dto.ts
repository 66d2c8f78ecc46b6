import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { MILESTONES } from '../../../libs/catalogue/milestones';
import { YesOrNo } from '../query-fields';
import { Moment } from '../values/values.dto';

const KEYS = MILESTONES.map(({ key }) => key);

/** A field of a query that names a point on the way of a request. */
export const MilestoneField = (description: string) =>
  applyDecorators(ApiProperty({ enum: KEYS, description }), IsString());

/** Whose cases, and as the ledger stood when. */
export class CasesQuery {
  @ApiPropertyOptional({ description: "Code of the org; the caller's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;

  @Moment('As the ledger stood then; as it stands unless said')
  asOf?: string;
}

/** The same of a period, between two milestones. */
export class PairQuery extends CasesQuery {
  @ApiProperty({ description: '2024, 2024-H1, 2024-Q3 or 2024-05', example: '2024' })
  @IsString()
  period: string;

  @MilestoneField('The earlier milestone')
  from: string;

  @MilestoneField('The later milestone')
  to: string;
}

/** A field of a query that asks for a row of each org below. */
export const ByOrg = () => applyDecorators(ApiPropertyOptional({ enum: ['org'] }), IsOptional(), IsIn(['org']));

/** A field of a query that asks for the org's own cases alone. */
export const OwnAlone = () => YesOrNo("The org's own cases alone (本级)");
