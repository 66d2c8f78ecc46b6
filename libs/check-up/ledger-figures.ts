import type { DataSource } from 'typeorm';
import { INDICATORS } from '../catalogue/indicators';
import { METRICS } from '../catalogue/metrics';
import { readIndicatorValues, readMetricValues } from '../indicators/values';
import type { LedgerFigure } from './against-ledger';

const NAMES = new Map<string, string>([...METRICS, ...INDICATORS].map(({ key, label }) => [key, label.zh]));

/**
 * What a report of this year and org is held against: every figure that stands.
 *
 * @throws {DomainError} when the year or the org cannot be read
 */
export async function readLedgerFigures(
  source: DataSource,
  question: { readonly registryId: number; readonly org: string; readonly period: string },
): Promise<LedgerFigure[]> {
  const values = await source.transaction('REPEATABLE READ', async (manager) => [
    ...(await readMetricValues({ manager }, question)),
    ...(await readIndicatorValues({ manager }, question)),
  ]);
  return values.flatMap(({ key, value, unit }) =>
    value === null ? [] : [{ key, name: NAMES.get(key) ?? key, value, unit }],
  );
}
