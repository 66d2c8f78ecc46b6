import type { SpanDefinition } from '../catalogue/spans';
import type { Selection } from '../catalogue/kind-definition';

/** What a span is made of: the days on which it begins and ends. */
export interface Turn {
  readonly day: string;
  readonly turn: 'begins' | 'ends';
}

/** Which turn of the span an entry is, if it is one. */
export function turnOf(span: SpanDefinition, kind: string, outcome: string | null): Turn['turn'] | null {
  const is = (selection: Selection) =>
    selection.kind === kind && (selection.outcome === undefined || selection.outcome === outcome);
  return is(span.begins) ? 'begins' : is(span.ends) ? 'ends' : null;
}

/** Whether begin and end take turns, in some order of the turns of one day. */
export function takeTurns(turns: readonly Turn[], openAtFirst: boolean): boolean {
  return [...balances(turns, openAtFirst).values()].every((balance) => balance === 0 || balance === 1);
}

/** Whether the span is open on a day, at some time of that day. */
export function isOpenOn(day: string, turns: readonly Turn[], openAtFirst: boolean): boolean {
  const before = turns.filter((one) => one.day < day);
  return sum(before, openAtFirst) === 1 || turns.some((one) => one.day === day && one.turn === 'begins');
}

function balances(turns: readonly Turn[], openAtFirst: boolean): Map<string, number> {
  const after = new Map<string, number>();
  let balance = openAtFirst ? 1 : 0;
  for (const { day, turn } of [...turns].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    balance += turn === 'begins' ? 1 : -1;
    after.set(day, balance);
  }
  return after;
}

function sum(turns: readonly Turn[], openAtFirst: boolean): number {
  return turns.reduce((balance, { turn }) => balance + (turn === 'begins' ? 1 : -1), openAtFirst ? 1 : 0);
}
