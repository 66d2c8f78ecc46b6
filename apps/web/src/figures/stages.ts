import type { IndicatorKey } from '../../../../libs/catalogue/indicators';
import type { MetricKey } from '../../../../libs/catalogue/metrics';
import type { Value } from '../api/answers';

export interface Stage {
  readonly name: 'screen' | 'remobilise' | 'highResolution' | 'examination' | 'donation';
  readonly requested?: MetricKey;
  readonly succeeded: MetricKey;
  readonly rate?: IndicatorKey;
}

/** The pathway from a first request to a donation, as the year's report tells it. */
export const STAGES: readonly Stage[] = [
  {
    name: 'screen',
    requested: 'match.screen_requested',
    succeeded: 'match.screen_agreed',
    rate: 'rate.screen_agree',
  },
  {
    name: 'remobilise',
    requested: 'match.remobilise_requested',
    succeeded: 'match.remobilise_agreed',
    rate: 'rate.remobilise_agree',
  },
  {
    name: 'highResolution',
    requested: 'match.hr_requested',
    succeeded: 'match.hr_agreed',
    rate: 'rate.hr_agree',
  },
  {
    name: 'examination',
    requested: 'workup.exam_started',
    succeeded: 'workup.exam_completed',
    rate: 'rate.exam_complete',
  },
  { name: 'donation', succeeded: 'donation.completed' },
];

export const TILES: readonly (MetricKey | IndicatorKey)[] = [
  'registry.recruited',
  'registry.samples_collected',
  'registry.samples_transited',
  'registry.stock_eop',
  'registry.effective_stock_eop',
  'retention.revisited',
  'rate.revisit_coverage',
  'rate.annual_release',
  'donation.donors_distinct',
  'donation.last_minute_withdrawals',
];

/** Below this denominator one request more or less moves a rate by several points. */
const FEW = 30;

/** A rate whose denominator is too small to compare. */
export function isFew(value: Value | undefined): boolean {
  return value?.denominator !== undefined && value.denominator !== null && Number(value.denominator) < FEW;
}
