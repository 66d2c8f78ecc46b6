import type { KindDefinition } from './kind-definition';
import { label } from './label';

/** Payments to volunteers and donors, counted by who was paid. */
export const PAYMENT_KINDS = [
  {
    code: 'SamplingFeePaid',
    label: label('拨付采样费', 'sampling fee paid'),
    unit: '人',
    subjects: { donor: '?' },
    tally: true,
  },
  {
    code: 'ConsolationPaid',
    label: label('发放慰问金', 'consolation paid'),
    unit: '例',
    subjects: { donor: '?', case: '?' },
    tally: true,
    guards: [{ on: 'case', after: { kind: 'DonationCompleted' } }],
  },
] as const satisfies readonly KindDefinition[];
