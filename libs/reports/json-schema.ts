/** Parts of JSON Schema 2020-12 that what is published is described by. */
export type Schema = Readonly<Record<string, unknown>>;

export const TEXT = { type: 'string', minLength: 1 } as const;
export const ANY_TEXT = { type: 'string' } as const;
export const YES_OR_NO = { type: 'boolean' } as const;
export const DECIMAL = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' } as const;
export const HASH = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
export const POSITION = { type: 'string', pattern: '^\\d+$' } as const;
export const NUMBER = { type: 'integer', minimum: 1 } as const;
export const PERIOD = { type: 'string', pattern: '^[1-9]\\d{3}(-(H[12]|Q[1-4]|(0[1-9]|1[0-2])))?$' } as const;
export const MONTH = { type: 'string', pattern: '^[1-9]\\d{3}-(0[1-9]|1[0-2])$' } as const;
export const MOMENT = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' } as const;

export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

type Properties = Readonly<Record<string, Schema>>;

/** An object of exactly these fields, and of none but these where they are there. */
export const exactly = (properties: Properties, sometimes: Properties = {}): Schema => ({
  type: 'object',
  properties: { ...properties, ...sometimes },
  required: Object.keys(properties),
  additionalProperties: false,
});
