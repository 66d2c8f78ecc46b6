import type { ApiBodyOptions } from '@nestjs/swagger';

type SchemaObject = Exclude<Extract<ApiBodyOptions, { schema: unknown }>['schema'], { $ref: string }>;

/** Describes a JSON object of these fields. */
export function bodyOf(
  properties: Readonly<Record<string, SchemaObject>>,
  required: readonly string[] = Object.keys(properties),
): { schema: SchemaObject } {
  return {
    schema: { type: 'object', additionalProperties: false, properties: { ...properties }, required: [...required] },
  };
}

export const TEXT: SchemaObject = { type: 'string' };
