import type { MetricDefinition } from './metric-definition';
import { METRICS } from './metrics';

/** The metrics of which an office may bring the totals that it reported of years before its ledger (R6). */
export const EARLIER_METRICS: readonly MetricDefinition[] = METRICS.filter(
  ({ addsUp }) => addsUp === 'sum' || addsUp === 'distinct',
);
