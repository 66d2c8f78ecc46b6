import { EARLIER_METRICS } from '../catalogue/earlier-metrics';
import { findKind } from '../catalogue/kinds';
import { decimal } from '../core/decimal';
import { EntryRefused } from './entry-text';

/**
 * Whether a total of an earlier year can be one of its metric: what is counted one by one comes to a whole number.
 *
 * @throws {EntryRefused} when it cannot
 */
export function checkYearTotal(quantity: string, attributes: Record<string, string> | null): void {
  const metric = EARLIER_METRICS.find(({ key }) => key === attributes?.metric);
  const whole = metric?.counts.every(
    ({ kind, times = '1' }) => findKind(kind)?.step === undefined && decimal(times).isInteger(),
  );
  if (!metric || !whole || decimal(quantity).isInteger()) return;
  throw new EntryRefused(
    'quantity',
    'quantity_step',
    `“${metric.label.zh}”的全年数 ${quantity} 应是整数（${metric.unit}）。`,
    `The year's total ${quantity} of "${metric.label.en}" must be a whole number.`,
  );
}
