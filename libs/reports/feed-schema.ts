import { TOPICS } from '../deliveries/subscription-input';
import { ASSESSMENT_SCHEMA } from './assessment-schema';
import {
  ANY_TEXT,
  DECIMAL,
  exactly,
  HASH,
  listOf,
  MOMENT,
  MONTH,
  NUMBER,
  orNull,
  PERIOD,
  POSITION,
  TEXT,
  YES_OR_NO,
} from './json-schema';

const ADDRESS = {
  org: TEXT,
  form: TEXT,
  period: PERIOD,
  project: { ...ANY_TEXT, description: 'Empty unless the form is one of projects' },
  revision: NUMBER,
} as const;

const FIGURE = exactly({
  kind: { enum: ['metric', 'indicator'] },
  key: TEXT,
  org: TEXT,
  own: { ...YES_OR_NO, description: "The org's own entries alone (本级), without those below it" },
  state: { enum: ['value', 'zero', 'missing', 'not_applicable'] },
  value: orNull(DECIMAL),
  numerator: orNull(DECIMAL),
  denominator: orNull(DECIMAL),
  unit: ANY_TEXT,
  version: { ...NUMBER, description: "The definition's version that it stands by" },
  reported: { ...YES_OR_NO, description: 'Of a year before the ledger: not counted from entries' },
  position: { ...orNull(POSITION), description: 'The position of the ledger that it was computed at, or sealed at' },
});

const INDICATORS = exactly({
  feed: { const: 'indicators' },
  period: PERIOD,
  org: TEXT,
  by: { enum: ['org', null] },
  upToDate: { ...YES_OR_NO, description: 'False while entries or choices wait to be computed' },
  sealed: YES_OR_NO,
  seal: orNull(exactly({ number: NUMBER, position: POSITION, hash: HASH })),
  figures: listOf({ $ref: '#/$defs/figure' }),
});

const ASSESSMENTS = exactly({
  feed: { const: 'assessments' },
  assessments: listOf(exactly({ ...ADDRESS, frozenAt: MOMENT, path: TEXT, sha256: HASH })),
});

const MONTHS_NOTICE = exactly({
  topic: { const: 'months' },
  event: { enum: ['closed', 'reopened'] },
  months: { type: 'array', items: MONTH, minItems: 1 },
  at: MOMENT,
  seals: listOf(exactly({ period: PERIOD, number: NUMBER, hash: HASH, path: TEXT })),
});

const ASSESSMENT_NOTICE = exactly({
  topic: { const: 'assessments' },
  event: { const: 'frozen' },
  ...ADDRESS,
  at: MOMENT,
  path: TEXT,
  sha256: { ...HASH, description: 'Of the bytes found there; it is their ETag too' },
});

const LABEL = exactly({ zh: TEXT, en: TEXT });
const COUNT = { type: 'integer', minimum: 0 } as const;

const WORKLISTS_NOTICE = exactly({
  topic: { const: 'worklists' },
  org: TEXT,
  name: LABEL,
  date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  lists: listOf(
    exactly({
      ...{ key: TEXT, label: LABEL, task: LABEL },
      ...{ waiting: COUNT, overdue: COUNT, held: COUNT, longestDays: COUNT },
    }),
  ),
});

const TEST_NOTICE = exactly({ topic: { const: 'test' }, for: { enum: [...TOPICS] }, org: TEXT, at: MOMENT });

/** What the feed answers and what webhooks are told, as JSON Schema 2020-12. */
export const FEED_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: '/api/feed/schema.json',
  title: 'Marrow Ledger: the feed, and the notices of webhooks',
  oneOf: [
    ...['indicators', 'assessments', 'assessment'],
    ...['monthsNotice', 'assessmentNotice', 'worklistsNotice', 'testNotice'],
  ].map((name) => ({ $ref: `#/$defs/${name}` })),
  $defs: {
    figure: FIGURE,
    indicators: INDICATORS,
    assessments: ASSESSMENTS,
    assessment: ASSESSMENT_SCHEMA,
    monthsNotice: MONTHS_NOTICE,
    assessmentNotice: ASSESSMENT_NOTICE,
    worklistsNotice: WORKLISTS_NOTICE,
    testNotice: TEST_NOTICE,
  },
} as const;
