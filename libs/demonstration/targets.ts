import type { IndicatorKey } from '../catalogue/indicators';
import type { MetricKey } from '../catalogue/metrics';
import { allocate } from './allocation';
import { DEMONSTRATION_ORGS } from './registry';

export interface DemonstrationTarget {
  readonly org: string;
  readonly period: string;
  readonly key: MetricKey | IndicatorKey;
  readonly operator: 'ge' | 'le';
  /** A decimal string, in the unit of its metric or indicator. */
  readonly value: string;
}

const ROOT = DEMONSTRATION_ORGS[0]?.org ?? '';

function atLeast(period: string, values: Partial<Record<MetricKey | IndicatorKey, string>>): DemonstrationTarget[] {
  return (Object.entries(values) as [MetricKey | IndicatorKey, string][]).map(([key, value]) => ({
    org: ROOT,
    period,
    key,
    operator: 'ge',
    value,
  }));
}

function atMost(period: string, key: MetricKey, value: string): DemonstrationTarget {
  return { org: ROOT, period, key, operator: 'le', value };
}

/** The province's target, split over its cities by their size. */
function perCity(period: string, key: MetricKey, total: number): DemonstrationTarget[] {
  const shares = allocate(
    total,
    DEMONSTRATION_ORGS.map(({ size }) => size),
  );
  return DEMONSTRATION_ORGS.flatMap(({ org, parent }, number) =>
    parent === null ? [] : [{ org, period, key, operator: 'ge' as const, value: String(shares[number] ?? 0) }],
  );
}

export const DEMONSTRATION_TARGETS: readonly DemonstrationTarget[] = [
  ...atLeast('2023', {
    'registry.recruited': '10000',
    'registry.samples_transited': '2400',
    'registry.stock_eop': '185000',
    'retention.revisited': '165000',
    'match.screen_requested': '9000',
    'match.remobilise_requested': '1000',
    'match.hr_requested': '350',
    'workup.exam_started': '180',
    'donation.completed': '110',
    'rate.screen_agree': '45',
    'rate.remobilise_agree': '62',
    'rate.hr_agree': '60',
    'rate.exam_complete': '75',
    'rate.annual_release': '5.5',
    'rate.revisit_coverage': '88',
  }),
  atMost('2023', 'donation.last_minute_withdrawals', '0'),
  atMost('2023', 'registry.samples_damaged', '0'),
  ...atLeast('2024', {
    'registry.recruited': '12000',
    'registry.samples_transited': '2600',
    'registry.stock_eop': '195000',
    'retention.revisited': '180000',
    'match.screen_requested': '9500',
    'match.remobilise_requested': '1050',
    'match.hr_requested': '360',
    'workup.exam_started': '200',
    'donation.completed': '120',
    'rate.screen_agree': '45',
    'rate.remobilise_agree': '62',
    'rate.hr_agree': '60',
    'rate.exam_complete': '78',
    'rate.annual_release': '6',
    'rate.revisit_coverage': '90',
  }),
  atMost('2024', 'donation.last_minute_withdrawals', '0'),
  atMost('2024', 'registry.samples_damaged', '0'),
  ...atLeast('2024-H1', {
    'registry.recruited': '6000',
    'registry.samples_transited': '1300',
    'retention.revisited': '90000',
    'match.screen_requested': '4700',
    'match.remobilise_requested': '520',
    'match.hr_requested': '180',
    'workup.exam_started': '100',
    'donation.completed': '60',
  }),
  ...perCity('2024', 'registry.recruited', 12_000),
  ...perCity('2024', 'donation.completed', 120),
];
