import {
  ANY_TEXT,
  DECIMAL,
  exactly,
  HASH,
  listOf,
  MOMENT,
  NUMBER,
  orNull,
  PERIOD,
  POSITION,
  TEXT,
  YES_OR_NO,
} from './json-schema';
import { REPORT_PARTS } from './narrative-run';

const SENTENCE = exactly({ zh: TEXT, en: TEXT });
const STATE = { enum: ['value', 'zero', 'missing', 'not_applicable'] } as const;
const AMOUNT = { ...orNull(DECIMAL), description: '10 000 yuan (万元)' };
const PERCENT = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?%$' } as const;

const BUDGET_ROW = exactly({
  code: TEXT,
  group: orNull(TEXT),
  name: TEXT,
  partOf: orNull(TEXT),
  own: { ...YES_OR_NO, description: 'Added by the office' },
  initial: AMOUNT,
  adjustment: AMOUNT,
  adjusted: AMOUNT,
  executed: AMOUNT,
  state: STATE,
  rate: orNull(PERCENT),
  weight: orNull(DECIMAL),
  score: orNull(DECIMAL),
  cause: orNull(TEXT),
  causeRequired: orNull(SENTENCE),
  warnings: listOf(SENTENCE),
});

const SOURCE = exactly({
  kind: { enum: ['metric', 'indicator', 'budget', 'reported'] },
  key: { ...orNull(TEXT), description: 'The figure of the ledger; null for what an office types' },
  label: TEXT,
  formula: ANY_TEXT,
  version: orNull(NUMBER),
  position: orNull(POSITION),
  document: orNull(TEXT),
});

const FORECAST = exactly({
  value: DECIMAL,
  low: DECIMAL,
  high: DECIMAL,
  method: SENTENCE,
  likelihood: orNull(exactly({ percent: DECIMAL, words: SENTENCE, warning: YES_OR_NO })),
});

const LINE = exactly(
  {
    code: TEXT,
    path: listOf(ANY_TEXT),
    name: TEXT,
    target: { ...ANY_TEXT, description: "The stage's target as printed; empty where none is set" },
    halfTarget: orNull(TEXT),
    fullTarget: ANY_TEXT,
    operator: { enum: ['ge', 'le', 'eq', 'label'] },
    unit: ANY_TEXT,
    state: STATE,
    actual: { ...orNull(TEXT), description: 'As it stands on the form, without its unit: a decimal, or a word' },
    computed: { ...orNull(TEXT), description: 'What the ledger says, where a typed actual stands in its place' },
    typed: orNull(exactly({ actual: TEXT, difference: orNull(DECIMAL), reason: orNull(TEXT) })),
    numerator: orNull(DECIMAL),
    denominator: orNull(DECIMAL),
    source: SOURCE,
    seal: orNull(HASH),
    evidence: { ...listOf(TEXT), description: 'Codes of the files of evidence' },
    deviation: orNull(PERCENT),
    targetMet: orNull(YES_OR_NO),
    overAchieved: YES_OR_NO,
    cause: orNull(TEXT),
    causeRequired: orNull(SENTENCE),
    weight: orNull(DECIMAL),
    score: orNull(DECIMAL),
    note: orNull(SENTENCE),
    forecast: orNull(FORECAST),
    warnings: listOf(SENTENCE),
  },
  {
    reason: {
      ...orNull(TEXT),
      description:
        "Why a typed actual stands beside the ledger's, or a rate beside parts that were typed; what was frozen earlier has it in `typed` alone",
    },
  },
);

const CITATION = {
  ...exactly({ line: TEXT, key: orNull(TEXT), org: orNull(TEXT), period: orNull(PERIOD) }),
  properties: {
    line: { ...TEXT, description: 'Code of a line, budget:<row>, or total' },
    key: orNull(TEXT),
    part: { enum: ['numerator', 'denominator'] },
    org: orNull(TEXT),
    period: orNull(PERIOD),
  },
};
const RUN = {
  type: 'object',
  properties: { text: TEXT, cite: CITATION },
  required: ['text'],
  additionalProperties: false,
};

/** What `assessmentJson` gives, as JSON Schema 2020-12. */
export const ASSESSMENT_SCHEMA = exactly({
  feed: { const: 'assessment' },
  org: TEXT,
  form: TEXT,
  period: PERIOD,
  project: { ...ANY_TEXT, description: 'Empty unless the form is one of projects' },
  revision: { type: 'integer', minimum: 0, description: '0 before anything was written' },
  state: { enum: ['draft', 'reviewed', 'approved', 'frozen'] },
  frozenAt: orNull(MOMENT),
  stage: { enum: ['year', 'half'] },
  title: SENTENCE,
  formVersion: NUMBER,
  pack: exactly({ code: TEXT, version: NUMBER, label: SENTENCE }),
  seals: listOf(exactly({ period: PERIOD, number: NUMBER, hash: HASH })),
  budget: listOf(BUDGET_ROW),
  tasks: listOf(exactly({ code: TEXT, duty: TEXT, task: TEXT, completion: orNull(TEXT), typed: YES_OR_NO })),
  goal: orNull(exactly({ expected: TEXT, achieved: TEXT })),
  lines: listOf(LINE),
  score: exactly({
    total: orNull(DECIMAL),
    totalWeight: orNull(DECIMAL),
    scoredWeight: orNull(DECIMAL),
    complete: YES_OR_NO,
    incompleteBecause: orNull(SENTENCE),
    grade: orNull(exactly({ code: TEXT, label: TEXT })),
    declared: orNull(exactly({ total: DECIMAL, differs: orNull(SENTENCE) })),
  }),
  warnings: listOf(SENTENCE),
  assumptions: listOf(SENTENCE),
  narrative: listOf(exactly({ part: { enum: REPORT_PARTS }, runs: listOf(RUN) })),
  attachments: listOf(exactly({ name: TEXT, made: { enum: ['form', 'own'] } })),
});
