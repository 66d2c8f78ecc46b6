import { dateInShanghai, nextMonth, periodsEndingWith, type Month } from '../core/period';
import type { SealFinding } from './seal-finding';
import type { ChainLink, MonthEvent, NotedSeal } from './verify-seals.queries';

/** One time that a period was closed. */
export interface Closing {
  readonly period: string;
  readonly number: number;
  /** The month that was closed. */
  readonly month: Month;
  readonly closed: MonthEvent;
  /** What opened it again; null while nothing has. */
  readonly reopened: MonthEvent | null;
  /** It was not closed again since. */
  readonly last: boolean;
}

/** The registry's first month and its first open one: those between are closed. */
export interface FirstMonths {
  readonly begins: Month;
  readonly firstOpen: Month;
}

/** Every time that a period was closed, by its name and number. */
export function closingsOf(events: readonly MonthEvent[]): Map<string, Closing> {
  const closings = new Map<string, Closing>();
  for (const [month, own] of byMonth(events)) {
    const times = own.flatMap((closed, place) => (closed.action === 'close' ? [{ closed, next: own[place + 1] }] : []));
    times.forEach(({ closed, next }, place) => {
      const [number, last] = [place + 1, place === times.length - 1];
      const reopened = next?.action === 'reopen' ? next : null;
      for (const { code: period } of periodsEndingWith(month)) {
        closings.set(nameOf({ period, number }), { period, number, month, closed, reopened, last });
      }
    });
  }
  return closings;
}

/** The months that anything may have been done to. */
export function monthsOf({ begins, firstOpen }: FirstMonths, events: readonly MonthEvent[]): Month[] {
  const last = [dateInShanghai(new Date()).slice(0, 7), firstOpen, ...events.map(({ month }) => month)].sort().at(-1);
  const months: Month[] = [];
  for (let month = begins; month <= (last ?? begins); month = nextMonth(month)) months.push(month);
  return months;
}

/** Closings without a seal, and seals without a closing. What an earlier version closed and reopened has no seal. */
export function findingsOfClosings(chain: readonly ChainLink[], closings: ReadonlyMap<string, Closing>): SealFinding[] {
  const first = chain[0] && BigInt(chain[0].position);
  const names = new Set(chain.map(nameOf));
  const missing = [...closings.values()].filter((closing) => {
    const sealed = closing.reopened === null || (first !== undefined && BigInt(closing.closed.position) >= first);
    return sealed && !names.has(nameOf(closing));
  });
  const added = chain.filter((seal) => !closings.has(nameOf(seal)));
  return [...missing.map((one) => finding(one, 'missing')), ...added.map((one) => finding(one, 'added'))];
}

/** A month is closed and reopened in turn, and is closed exactly if it lies before the first open one. */
export function findingsOfMonths(months: FirstMonths, events: readonly MonthEvent[]): SealFinding[] {
  const done = byMonth(events);
  return monthsOf(months, events).flatMap((month) => {
    const own = done.get(month) ?? [];
    const inTurn = own.every(({ action }, place) => action === (place % 2 === 0 ? 'close' : 'reopen'));
    const closed = month < months.firstOpen;
    if (inTurn && closed === (own.length % 2 === 1)) return [];
    return [finding({ period: month, number: own.filter(({ action }) => action === 'close').length }, 'history')];
  });
}

/** What the audit log says was done to a month stands, for the reason that was given. */
export function findingsOfActs(closings: ReadonlyMap<string, Closing>, noted: readonly NotedSeal[]): SealFinding[] {
  return noted.flatMap(({ period, number, act, reason }) => {
    if (act === null || period === null || number === null) return [];
    const closing = closings.get(nameOf({ period, number }));
    // Longer periods go with their last month, and a closing that is not there has no seal.
    if (!closing || closing.period !== closing.month) return [];
    const event = act === 'months.close' ? closing.closed : closing.reopened;
    return event?.reason === reason ? [] : [finding(closing, 'history')];
  });
}

export function nameOf({ period, number }: { readonly period: string; readonly number: number }): string {
  return `${period} ${number}`;
}

/** Each finding once. */
export function distinct(findings: readonly SealFinding[]): SealFinding[] {
  return [...new Map(findings.map((one) => [`${one.period} ${one.number} ${one.problem}`, one])).values()];
}

function byMonth(events: readonly MonthEvent[]): Map<Month, MonthEvent[]> {
  const months = new Map<Month, MonthEvent[]>();
  for (const event of events) months.set(event.month, [...(months.get(event.month) ?? []), event]);
  return months;
}

function finding(
  { period, number }: { readonly period: string; readonly number: number },
  problem: SealFinding['problem'],
): SealFinding {
  return { period, number, problem };
}
