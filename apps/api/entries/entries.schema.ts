import type { ApiBodyOptions } from '@nestjs/swagger';
import { KINDS } from '../../../libs/catalogue/kinds';

type SchemaObject = Exclude<Extract<ApiBodyOptions, { schema: unknown }>['schema'], { $ref: string }>;

const text = (description: string): SchemaObject => ({ type: 'string', nullable: true, description });

const ENTRY: SchemaObject = {
  type: 'object',
  required: ['id', 'kind', 'org', 'occurredOn'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', format: 'uuid', description: 'Chosen by the sender: the same id twice is the same entry' },
    kind: { type: 'string', enum: KINDS.map((kind) => kind.code) },
    org: { type: 'string', description: 'Code of the org' },
    occurredOn: { type: 'string', format: 'date', description: 'A calendar date in Asia/Shanghai' },
    donorCode: text('Code of the donor'),
    caseCode: text('Code of the donor–patient request'),
    sampleCode: text('Code of the sample'),
    outcome: text("One of the kind's outcomes"),
    reason: text("One of the outcome's reasons"),
    quantity: text('A decimal as text; 1 unless said; 0 is a nil return'),
    attributes: { type: 'object', nullable: true, additionalProperties: { type: 'string' } },
    note: text('Free text without ID or mobile numbers'),
    justification: text('Why it is posted to a later month than it happened in'),
  },
};

export const ENTRY_BODY: SchemaObject = {
  oneOf: [
    ENTRY,
    {
      type: 'object',
      required: ['entries'],
      additionalProperties: false,
      properties: {
        entries: { type: 'array', maxItems: 10_000, items: ENTRY },
        atomic: { type: 'boolean', default: false, description: 'All or nothing; else row by row' },
      },
    },
  ],
};

export const REVERSAL_BODY: SchemaObject = {
  type: 'object',
  required: ['id', 'justification'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', format: 'uuid', description: 'Of the reversal itself, chosen by the sender' },
    justification: { type: 'string' },
    replacement: { ...ENTRY, nullable: true },
  },
};

export const REVERSALS_BODY: SchemaObject = {
  type: 'object',
  required: ['justification', 'entries'],
  additionalProperties: false,
  properties: {
    justification: { type: 'string' },
    entries: {
      type: 'array',
      minItems: 1,
      maxItems: 1_000,
      items: {
        type: 'object',
        required: ['id', 'reverses'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid', description: 'Of the reversal itself, chosen by the sender' },
          reverses: { type: 'string', format: 'uuid', description: 'The entry that it takes back' },
          replacement: { ...ENTRY, nullable: true },
        },
      },
    },
  },
};

export const SHEET_BODY: SchemaObject = {
  type: 'object',
  required: ['entries'],
  additionalProperties: false,
  properties: {
    entries: { type: 'array', minItems: 1, maxItems: 5_000, items: ENTRY },
    reversals: { ...REVERSALS_BODY, nullable: true },
  },
};

export const PREVIEW_BODY: SchemaObject = {
  oneOf: [
    ENTRY,
    {
      type: 'object',
      additionalProperties: false,
      properties: { entries: { type: 'array', maxItems: 100, items: ENTRY }, reversals: REVERSALS_BODY },
    },
  ],
};
