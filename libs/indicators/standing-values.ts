import type { DataSource } from 'typeorm';
import { findComputed, resolveAsOf } from './as-of';
import { countMarks, type LedgerMoment } from './as-of.queries';
import type { readMetricValues, Value, ValueQuestion } from './values';

/** Values with the place in the ledger that they stand for. */
export interface StandingValues {
  readonly asOf: LedgerMoment;
  /** How many marked cells no worker has computed yet. */
  readonly waiting: number;
  readonly values: readonly Value[];
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
    const asOf = moment === undefined ? undefined : await resolveAsOf(manager, registryId, moment);
    return {
      values: await read({ manager }, { ...question, position: asOf?.position }),
      asOf: asOf ?? (await findComputed(manager, registryId)),
      waiting: await countMarks(manager, registryId),
    };
  });
}
