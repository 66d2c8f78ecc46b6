import type { DataSource, EntityManager } from 'typeorm';
import { readCursor, writeCursor } from '../core/cursor';
import { periodOf, type MonthRange } from '../core/month-range';
import { findLookedAt } from '../indicators/as-of';
import { findPlaces, type LedgerMoment } from '../indicators/as-of.queries';
import { openList, placeOf, scopeOf } from '../indicators/entries-behind';
import {
  findEntriesBehind,
  totalOfEntriesBehind,
  type BehindEntry,
  type ListScope,
  type ListTotal,
} from '../indicators/entries-behind.queries';
import { definitionsFor } from '../indicators/value-meaning';
import { KeyUnknown } from '../indicators/values';
import { findDefinition } from './definition';
import { readRunning, type RunningValue } from './running';

export interface RunningListQuestion {
  readonly registryId: number;
  readonly range: MonthRange;
  readonly org: string;
  readonly own: boolean;
  readonly key: string;
  /** Which part of a rate; the numerator unless said. */
  readonly part?: 'numerator' | 'denominator';
  readonly after?: string;
  readonly limit?: number;
  /** A date, a time, a seal or a position of the ledger; where today's values stand unless said. */
  readonly asOf?: string;
}

export interface RunningList {
  readonly asOf: LedgerMoment;
  readonly figure: RunningValue;
  readonly countsSubjects: 'donor' | 'case' | null;
  readonly total: ListTotal;
  readonly entries: readonly BehindEntry[];
  readonly next: string | null;
}

/**
 * The list behind a running figure, one page at a time: its entries add up to it.
 *
 * @throws {DomainError} when there is no such key, the moment cannot be read, or the cursor is none of the list
 */
export async function readRunningEntries(source: DataSource, question: RunningListQuestion): Promise<RunningList> {
  const { registryId, range, org, own, key, asOf: moment, limit = 50 } = question;
  const cursor = readCursor(question.after);
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { asOf, position } = await findLookedAt(manager, registryId, moment);
    const [figure] = await readRunning(manager, { registryId, range, scopes: [{ org, own }], keys: [key], position });
    if (!figure) throw new KeyUnknown(key);
    const scope = await scopeOfRange(manager, question, position);
    const after = cursor && (await placeOf(manager, registryId, cursor));
    const found = await findEntriesBehind(manager, scope, after, limit + 1);
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    return {
      asOf,
      figure,
      countsSubjects: scope.subject,
      total: await totalOfEntriesBehind(manager, scope),
      entries,
      next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
    };
  });
}

async function scopeOfRange(
  manager: EntityManager,
  question: RunningListQuestion,
  position: string | undefined,
): Promise<ListScope> {
  const { registryId, range, org, own, key, part = 'numerator' } = question;
  const period = periodOf(range);
  if (period)
    return (await openList(manager, { registryId, key, period: period.code, org, own, part, position })).scope;
  const definitions = await definitionsFor(manager, { registryId, position });
  const rate = findDefinition(key, definitions, range.lastMonth)?.indicator;
  const listed = definitions.metrics.find((one) => one.key === (rate ? rate[part] : key));
  if (!listed) throw new KeyUnknown(key);
  const at = position ?? (await findPlaces(manager, registryId)).computed;
  return scopeOf(manager, registryId, listed, range, { org, own }, at);
}
