import type { IndicatorKey } from '../../../../libs/catalogue/indicators';
import type { MetricKey } from '../../../../libs/catalogue/metrics';
import type { Value } from '../api/answers';

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
