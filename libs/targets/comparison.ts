import type { EntityManager } from 'typeorm';
import { decimal, round, type DecimalString } from '../core/decimal';
import { sameMonthsLastYear } from '../core/month-range';
import { findDefinition } from './definition';
import { readRunning, type RunningQuestion, type RunningValue } from './running';

/** A running figure beside that of the same months a year earlier. */
export interface Comparison {
  readonly now: RunningValue;
  readonly before: RunningValue;
  /** Of a number: by how much it has risen. Null where either is not known or was only reported, and of a rate. */
  readonly change: DecimalString | null;
  /** Of a number, with one decimal. Null where it stood at nothing, too. */
  readonly percent: DecimalString | null;
  /** Of a rate: by how many of its points it has risen. */
  readonly points: DecimalString | null;
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
  return now.map((value, at) => compareRunning(value, before[at]!));
}

export function compareRunning(now: RunningValue, before: RunningValue): Comparison {
  const nothing = { now, before, change: null, percent: null, points: null };
  // What was reported of a year before the ledger is shown, and not mixed with what is counted (R6).
  if (now.value === null || before.value === null || before.reported) return nothing;
  const definition = findDefinition(now.key);
  const [is, was] = [decimal(now.value), decimal(before.value)];
  const difference = is.minus(was);
  if (definition?.indicator) return { ...nothing, points: round(difference, definition.decimals) };
  const percent = was.isZero() ? null : round(difference.times(100).dividedBy(was.abs()), 1);
  return { ...nothing, change: difference.toFixed(), percent };
}
