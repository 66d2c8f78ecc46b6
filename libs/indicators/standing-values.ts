import type { DataSource, EntityManager } from 'typeorm';
import { findLookedAt } from './as-of';
import { countWaitingWork, type LedgerMoment } from './as-of.queries';
import { readCoverage } from './coverage';
import type { Coverage } from './coverage.queries';
import { findRoot } from './orgs.queries';
import type { readMetricValues, Value, ValueQuestion } from './values';

/** A value with how many of those that owe it have reported; null where nobody below owes it. */
export interface ReportedValue extends Value {
  readonly reporting: Coverage | null;
}

/** Values with the place in the ledger that they stand for. */
export interface StandingValues {
  readonly asOf: LedgerMoment;
  /** What the values lack: marked cells that no worker has computed yet, and choices. */
  readonly waiting: number;
  readonly values: readonly ReportedValue[];
}

/**
 * The values of metrics or of indicators, today's or as they stood at a moment.
 *
 * @throws {DomainError} when the period, the org, a key or the moment cannot be read
 */
export async function readStandingValues(
  source: DataSource,
  read: typeof readMetricValues,
  { asOf: moment, ...question }: Omit<ValueQuestion, 'position'> & { readonly asOf?: string },
): Promise<StandingValues> {
  const { registryId } = question;
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { asOf, position } = await findLookedAt(manager, registryId, moment);
    const values = await read({ manager }, { ...question, position });
    return {
      values: await withReporting(manager, registryId, values, position === undefined ? undefined : asOf),
      asOf,
      waiting: await countWaitingWork(manager, registryId),
    };
  });
}

/** R10: of the registry's own figures, by period; an org below it submits for itself alone. */
async function withReporting(
  manager: EntityManager,
  registryId: number,
  values: readonly Value[],
  asOf: LedgerMoment | undefined,
): Promise<ReportedValue[]> {
  const root = await findRoot(manager, registryId);
  const whole = values.filter(({ org, own }) => org === root && !own);
  const keys = [...new Set(whole.map(({ key }) => key))];
  const covered = new Map<string, Coverage>();
  for (const period of new Set(whole.map((one) => one.period))) {
    const found = await readCoverage(manager, registryId, root ?? '', period, keys, asOf);
    for (const [key, coverage] of found) covered.set(`${period} ${key}`, coverage);
  }
  return values.map((one) => ({
    ...one,
    reporting: one.org === root && !one.own ? (covered.get(`${one.period} ${one.key}`) ?? null) : null,
  }));
}
