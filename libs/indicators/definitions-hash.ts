import { createHash } from 'node:crypto';
import { EARLIER_METRICS } from '../catalogue/earlier-metrics';
import { INDICATORS } from '../catalogue/indicators';
import { METRICS } from '../catalogue/metrics';
import { SETTINGS } from '../catalogue/settings';

/** What the program computes, but for its names: values that were computed by another are computed again. */
export const DEFINITIONS_HASH = createHash('sha256')
  .update(
    JSON.stringify([METRICS, EARLIER_METRICS, INDICATORS, SETTINGS], (key, value) =>
      key === 'label' ? undefined : value,
    ),
  )
  .digest('hex');
