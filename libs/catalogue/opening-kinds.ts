import { EARLIER_METRICS } from './earlier-metrics';
import type { KindDefinition } from './kind-definition';
import { label } from './label';

/** What an org had, and had reported of earlier years, when its ledger began: dated the registry's first day (R6). */
export const OPENING_KINDS = [
  {
    code: 'OpeningStock',
    label: label('期初库容', 'opening stock'),
    unit: '人份',
    subjects: {},
    tally: true,
    opening: true,
  },
  {
    code: 'OpeningEnrolled',
    label: label('期初累计入库', 'opening, ever enrolled'),
    unit: '人份',
    subjects: {},
    tally: true,
    opening: true,
  },
  {
    code: 'OpeningDonated',
    label: label('期初累计捐献', 'opening, ever donated'),
    unit: '例',
    subjects: {},
    tally: true,
    opening: true,
  },
  {
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
  },
] as const satisfies readonly KindDefinition[];
