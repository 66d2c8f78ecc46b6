import type { DataSource, EntityManager } from 'typeorm';
import { decimal, round, type DecimalString } from '../core/decimal';
import { sameMonthsLastYear } from '../core/month-range';
import { findLookedAt } from '../indicators/as-of';
import type { LedgerMoment } from '../indicators/as-of.queries';
import { findFirstDay } from '../indicators/registry.queries';
import { runsOn } from '../metrics/feeds';
import { findDefinition } from './definition';
import { readRunning, type RunningQuestion, type RunningValue } from './running';

/** A running figure beside that of the same months a year earlier. */
export interface Comparison {
  readonly now: RunningValue;
  readonly before: RunningValue;
  /** Of a number: by how much it has risen. Null where either is not known, or last year's is not of the whole ledger; of a rate too. */
  readonly change: DecimalString | null;
  /** Of a number, with one decimal. Null where it stood at nothing, too. */
  readonly percent: DecimalString | null;
  /** Of a rate: by how many of its points it has risen. */
  readonly points: DecimalString | null;
}

/** Comparisons with the place in the ledger that they stand for. */
export interface StandingComparisons {
  readonly asOf: LedgerMoment;
  readonly values: readonly Comparison[];
}

/**
 * The same of one moment: today's, or as they stood.
 *
 * @throws {DomainError} when there is no such key, or the moment cannot be read
 */
export async function readComparisons(
  source: DataSource,
  { asOf: moment, ...question }: Omit<RunningQuestion, 'position'> & { readonly asOf?: string },
): Promise<StandingComparisons> {
  const { registryId } = question;
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { asOf, position } = await findLookedAt(manager, registryId, moment);
    return { asOf, values: await findComparisons(manager, { ...question, position }) };
  });
}

/**
 * Running figures beside those of the same months a year earlier, by scope and then in the order of the keys.
 *
 * @param manager in one transaction that sees one moment (REPEATABLE READ)
 * @throws {DomainError} when there is no such key
 */
export async function findComparisons(manager: EntityManager, question: RunningQuestion): Promise<Comparison[]> {
  const now = await readRunning(manager, question);
  const before = await readRunning(manager, { ...question, range: sameMonthsLastYear(question.range) });
  const firstDay = await findFirstDay(manager, question.registryId);
  return now.map((value, at) => compareRunning(value, before[at]!, firstDay));
}

/** @param firstDay the day on which the ledger begins */
export function compareRunning(now: RunningValue, before: RunningValue, firstDay: string): Comparison {
  const nothing = { now, before, change: null, percent: null, points: null };
  // What was reported of a year before the ledger is shown, and not mixed with what is counted (R6).
  if (now.value === null || before.value === null || before.reported) return nothing;
  const definition = findDefinition(now.key);
  // Months of before the ledger are missing, not zero: what is left of them is no year to compare with (R10).
  const isState = definition?.metric && runsOn(definition.metric);
  if (!isState && `${before.period.slice(0, 7)}-01` < firstDay) return nothing;
  const [is, was] = [decimal(now.value), decimal(before.value)];
  const difference = is.minus(was);
  if (definition?.indicator) return { ...nothing, points: round(difference, definition.decimals) };
  const percent = was.isZero() ? null : round(difference.times(100).dividedBy(was.abs()), 1);
  return { ...nothing, change: difference.toFixed(), percent };
}
