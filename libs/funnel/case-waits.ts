import type { Label } from '../catalogue/label';
import { allNorms } from '../ledger/worklists';

/** A standing entry as far as waits are told by it. */
export interface WaitingEntry {
  readonly kind: string;
  readonly outcome: string | null;
  readonly occurredOn: string;
}

/** What one request, or its donor, waits for. Days are calendar days. */
export interface CaseWait {
  readonly key: string;
  readonly label: Label;
  readonly task: Label;
  readonly since: string;
  readonly waitingDays: number;
  readonly dueOn: string;
  /** Whether the due day has passed; a request on hold is never overdue. */
  readonly overdue: boolean;
  /** The kinds that end the wait. */
  readonly ends: readonly string[];
}

const DAY = 86_400_000;

/** What is waited for on a day, by the rules of the worklists; the entries stand, in the order of their days. */
export function waitsOf(
  { request, donor }: { readonly request: readonly WaitingEntry[]; readonly donor: readonly WaitingEntry[] },
  today: string,
): CaseWait[] {
  const { lists, moves, steps } = allNorms();
  return lists.flatMap(({ key, label, task, on, ends }) => {
    const told = on === 'case' ? request : donor;
    const days = (role: string, from = '') =>
      told
        .filter(({ kind, outcome, occurredOn }) =>
          moves.some(
            (move) =>
              move.key === key &&
              move.role === role &&
              move.kind === kind &&
              (move.outcome === '' || move.outcome === outcome) &&
              occurredOn >= from,
          ),
        )
        .map(({ occurredOn }) => occurredOn);
    const since = days('begins').at(-1);
    if (since === undefined || since > today || days('over', since).length > 0) return [];
    const lastEnd = days('ends', since).at(-1);
    const step = steps.find((one) => one.key === key && (lastEnd === undefined || plus(since, one.opens) >= lastEnd));
    if (!step) return [];
    const [heldOn, resumedOn] = [days('holds').at(-1), days('resumes').at(-1)];
    const held = heldOn !== undefined && (resumedOn === undefined || resumedOn < heldOn);
    const dueOn = plus(since, step.due);
    return [
      {
        ...{ key, label, task, since, dueOn },
        waitingDays: daysBetween(since, today),
        overdue: dueOn < today && !held,
        ends: [...new Set(ends.map(({ kind }) => kind))],
      },
    ];
  });
}

export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}

function plus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
