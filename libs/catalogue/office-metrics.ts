import { label } from './label';
import { FIRST, type MetricDefinition } from './metric-definition';

/** What the office's amounts come to together. */
export const OFFICE_METRICS = [
  {
    key: 'finance.three_public_change',
    label: label('“三公”经费增减额', 'three public expenses: more than the year before'),
    unit: '万元',
    addsUp: 'sum',
    counts: [
      { kind: 'ThreePublicSpent', times: '0.0001' },
      { kind: 'ThreePublicLastYear', times: '-0.0001' },
    ],
    decimals: 2,
    ...FIRST,
  },
] as const satisfies readonly MetricDefinition[];
