import { label } from './label';
import { FIRST, type MetricDefinition } from './metric-definition';

/** Payments to volunteers and donors, and reports in the media. */
export const OUTREACH_METRICS = [
  {
    key: 'registry.sampling_fee_paid',
    label: label('拨付采样费人数', 'persons paid the sampling fee'),
    unit: '人',
    addsUp: 'sum',
    counts: [{ kind: 'SamplingFeePaid' }],
    ...FIRST,
  },
  {
    key: 'donation.consolation_paid',
    label: label('慰问金例数', 'consolation payments'),
    unit: '例',
    addsUp: 'sum',
    counts: [{ kind: 'ConsolationPaid' }],
    ...FIRST,
  },
  {
    key: 'outreach.reports',
    label: label('捐献故事报道', 'news reports'),
    unit: '篇次',
    addsUp: 'sum',
    counts: [{ kind: 'MediaReported' }],
    ...FIRST,
  },
] as const satisfies readonly MetricDefinition[];
