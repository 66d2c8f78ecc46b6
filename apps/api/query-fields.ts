import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** A field of a query that says where the page before ended. */
export const PageMark = () =>
  applyDecorators(ApiPropertyOptional({ description: '`next` of the page before' }), IsOptional(), IsString());

/** A field of a query that is a whole number; who gives another is told the limits. */
export const WholeNumber = (least: number, most: number, said: { description?: string; default?: number } = {}) => {
  const context = { zh: `应是 ${least} 到 ${most} 的整数`, en: `is a whole number from ${least} to ${most}` };
  return applyDecorators(
    ApiPropertyOptional({ type: Number, minimum: least, maximum: most, ...said }),
    IsOptional(),
    Transform(({ value }) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)),
    IsInt({ context }),
    Min(least, { context }),
    Max(most, { context }),
  );
};

/** A field of a query that says how many rows a page holds. */
export const PageSize = (usual = 50) => WholeNumber(1, 1000, { default: usual });

/** A field of a query that is `true` or `false`. */
export const YesOrNo = (description?: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: Boolean, description }),
    IsOptional(),
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean({ context: { zh: '应是 true 或 false', en: 'is true or false' } }),
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
