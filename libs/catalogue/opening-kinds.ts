import type { KindDefinition } from './kind-definition';
import { label } from './label';

/** What an org had when its ledger began: one tally of each, dated the registry's first day (R6). */
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
] as const satisfies readonly KindDefinition[];
