import type { DataSource, EntityManager } from 'typeorm';
import { readCursor, writeCursor } from '../core/cursor';
import { decimal } from '../core/decimal';
import { resolveAsOf, resolveEnd } from './as-of';
import type { LedgerMoment } from './as-of.queries';
import { findChanges, totalOfChanges } from './changes.queries';
import { openList, placeOf, type ListQuestion } from './entries-behind';
import type { BehindEntry, ListTotal } from './entries-behind.queries';
import { readIndicatorValues, readMetricValues, type Value, type ValueQuestion } from './values';

/** Between which moments, as people write them; `asOf` is where today's values stand unless said. */
export interface Between {
  readonly since: string;
  readonly asOf?: string;
}

/** What moved a figure between two moments: its entries add up to the difference. */
export interface Changes {
  readonly since: LedgerMoment;
  readonly asOf: LedgerMoment;
  readonly then: Value;
  readonly now: Value;
  readonly countsSubjects: 'donor' | 'case' | null;
  /** Of the whole list; `sum` is the difference of the figure, or of the rate's part. Told with the first page only. */
  readonly total: ListTotal | null;
  /**
   * What of the difference no entry made: a meaning that was chosen between the two moments. Null where that is
   * nothing, and on further pages.
   */
  readonly byMeaning: string | null;
  readonly entries: readonly BehindEntry[];
  readonly next: string | null;
}

/** A figure that was another at the earlier moment. */
export interface ChangedValue {
  readonly then: Value;
  readonly now: Value;
  /** Null where one of the two has no value. */
  readonly difference: string | null;
}

/** The figures that differ between two moments. */
export interface ChangedValues {
  readonly since: LedgerMoment;
  readonly asOf: LedgerMoment;
  readonly changed: readonly ChangedValue[];
}

/**
 * The entries written between two moments that moved a figure, one page at a time.
 *
 * @throws {DomainError} when the key, the period, the org, a moment or the cursor cannot be read, the moments stand the
 * other way round, or a rate's part is not said
 */
export async function readChanges(
  source: DataSource,
  { since: earlier, asOf: later, ...question }: Omit<ListQuestion, 'position'> & Between,
): Promise<Changes> {
  const cursor = readCursor(question.after);
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { registryId } = question;
    const { since, asOf, position } = await resolveBetween(manager, registryId, { since: earlier, asOf: later });
    const after = cursor && (await placeOf(manager, registryId, cursor));
    const before = await openList(manager, { ...question, position: since.position });
    const { figure, scope, comesTo } = await openList(manager, { ...question, position });
    const limit = question.limit ?? 50;
    const found = await findChanges(manager, scope, since.position, after, limit + 1);
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    const total = after ? null : await totalOfChanges(manager, scope, since.position);
    const isSame = JSON.stringify(scope.feeds) === JSON.stringify(before.scope.feeds);
    const unmade = decimal(comesTo)
      .minus(decimal(before.comesTo))
      .minus(decimal(total?.sum ?? '0'));
    return {
      since,
      asOf,
      then: before.figure,
      now: figure,
      countsSubjects: scope.subject,
      total,
      byMeaning: total === null || isSame || unmade.isZero() ? null : unmade.toFixed(),
      entries,
      next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
    };
  });
}

/**
 * Which figures of a period differ between two moments: metrics, then indicators.
 *
 * @throws {DomainError} as `readChanges`
 */
export async function readChangedValues(
  source: DataSource,
  { since: earlier, asOf: later, ...question }: Omit<ValueQuestion, 'position'> & Between,
): Promise<ChangedValues> {
  return source.transaction('REPEATABLE READ', async (manager) => {
    const between = { since: earlier, asOf: later };
    const { since, asOf, position } = await resolveBetween(manager, question.registryId, between);
    const changed: ChangedValue[] = [];
    for (const read of [readMetricValues, readIndicatorValues]) {
      const then = await read({ manager }, { ...question, position: since.position });
      const now = await read({ manager }, { ...question, position });
      const known = new Map(then.map((value) => [placeOfValue(value), value]));
      changed.push(...now.flatMap((value) => differing(known.get(placeOfValue(value)) ?? notThere(value), value)));
    }
    return { since, asOf, changed };
  });
}

async function resolveBetween(
  manager: EntityManager,
  registryId: number,
  { since: earlier, asOf: later }: Between,
): Promise<{ since: LedgerMoment; asOf: LedgerMoment; position: string | undefined }> {
  const since = await resolveAsOf(manager, registryId, earlier, 'since');
  const asOf = await resolveEnd(manager, registryId, later, since);
  // Today's values are read, and not counted again.
  const today = later === undefined && asOf !== since;
  return { since, asOf, position: today ? undefined : asOf.position };
}

function placeOfValue({ key, org, own, period }: Value): string {
  return `${key} ${org} ${own} ${period}`;
}

/** Of an org that was added since. */
function notThere(value: Value): Value {
  return {
    ...value,
    state: 'missing',
    value: null,
    numerator: null,
    denominator: null,
    position: null,
    computedAt: null,
  };
}

function differing(then: Value, now: Value): ChangedValue[] {
  const told = ({ state, value, numerator, denominator, version }: Value) =>
    JSON.stringify([state, value, numerator, denominator, version]);
  if (told(then) === told(now)) return [];
  const both = then.value !== null && now.value !== null;
  return [{ then, now, difference: both ? decimal(now.value).minus(decimal(then.value)).toFixed() : null }];
}
