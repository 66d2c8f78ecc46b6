import { EARLIER_METRICS } from './earlier-metrics';
import type { KindDefinition } from './kind-definition';
import { label } from './label';

/** What an org had reported of a year before its ledger: one for each year and metric, dated the first day too (R6). */
export const YEAR_TOTAL = {
  code: 'OpeningYearTotal',
  label: label('以前年度报送数', 'total reported of an earlier year'),
  unit: '按指标',
  subjects: {},
  tally: true,
  step: '0.01',
  reported: true,
  opening: true,
  attributes: [
    { code: 'year', label: label('年度', 'year'), type: 'year', required: true },
    {
      code: 'metric',
      label: label('指标', 'metric'),
      type: 'choice',
      required: true,
      choices: EARLIER_METRICS.map(({ key, label: name, unit }) => ({ code: key, label: name, unit })),
    },
  ],
} as const satisfies KindDefinition;
