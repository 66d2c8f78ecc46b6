import type { IndicatorKey } from '../../libs/catalogue/indicators';
import type { MetricKey } from '../../libs/catalogue/metrics';

/** What the demonstration's 2024 comes to for the registry: its figures, to the last digit. */
export const YEAR_2024: Readonly<Partial<Record<MetricKey | IndicatorKey, string>>> = {
  'registry.recruited': '12000',
  'registry.samples_transited': '2805',
  'match.screen_requested': '10008',
  'match.screen_agreed': '4877',
  'match.remobilise_requested': '1114',
  'match.remobilise_agreed': '726',
  'match.hr_requested': '358',
  'match.hr_agreed': '219',
  'workup.exam_started': '231',
  'workup.exam_completed': '181',
  'donation.completed': '136',
  'retention.revisited': '186594',
  'registry.stock_eop': '196937',
  'donation.last_minute_withdrawals': '0',
  'rate.screen_agree': '48.73',
  'rate.remobilise_agree': '65.17',
  'rate.hr_agree': '61.17',
  'rate.exam_complete': '78.35',
  'rate.annual_release': '6.9',
};
