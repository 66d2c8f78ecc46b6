import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** A field of a query that says where the page before ended. */
export const PageMark = () =>
  applyDecorators(ApiPropertyOptional({ description: '`next` of the page before' }), IsOptional(), IsString());

/** A field of a query that says how many rows a page holds. */
export const PageSize = () =>
  applyDecorators(
    ApiPropertyOptional({ type: Number, minimum: 1, maximum: 1000, default: 50 }),
    IsOptional(),
    Transform(({ value }) => (/^\d+$/.test(value) ? Number(value) : value)),
    IsInt(),
    Min(1),
    Max(1000),
  );

/** A field of a query that is `true` or `false`. */
export const YesOrNo = (description?: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: Boolean, description }),
    IsOptional(),
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );

/** A page of what is of an org and those below it. */
export class OrgPageQuery {
  @ApiPropertyOptional({ description: "The caller's own unless said; with all below it" })
  @IsOptional()
  @IsString()
  org?: string;

  @PageMark()
  after?: string;

  @PageSize()
  limit?: number;
}
