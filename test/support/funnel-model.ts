import { parsePeriod } from '../../libs/core/period';

/** An entry of a ledger that a test keeps in memory. */
export interface ModelEntry {
  readonly id: string;
  readonly position: number;
  readonly kind: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly org: string;
  readonly caseCode: string | null;
  readonly day: string;
  readonly month: string;
  readonly quantity: number;
  readonly reverses: string | null;
}

/** Moves of one day in the order in which they count as happening. */
const ORDER = [
  ...['ScreenRequested', 'ScreenAnswered refused', 'ScreenAnswered agreed', 'RemobiliseRequested'],
  ...['RemobiliseAnswered refused', 'RemobiliseAnswered agreed', 'HrTypingRequested', 'HrTypingAnswered refused'],
  ...['HrTypingAnswered agreed', 'HrTypingConcluded mismatch', 'ExamStarted', 'ExamConcluded unfit'],
  ...['ExamConcluded fit', 'MobilisationStarted', 'DonationCompleted', 'RequestHeld', 'RequestResumed'],
  ...['DonorRetracted', 'RequestClosed donor_side', 'RequestClosed patient_side', 'RequestClosed donated'],
];
const WAY_OUT = ORDER.slice(17);

export const BRIDGES = {
  remobilise: { pass: 'ScreenAnswered agreed', enter: 'RemobiliseRequested', fail: ['ScreenAnswered refused'] },
  hr: { pass: 'RemobiliseAnswered agreed', enter: 'HrTypingRequested', fail: ['RemobiliseAnswered refused'] },
  exam: {
    pass: 'HrTypingAnswered agreed',
    enter: 'ExamStarted',
    fail: ['HrTypingAnswered refused', 'HrTypingConcluded mismatch'],
  },
  donation: { pass: 'ExamConcluded fit', enter: 'DonationCompleted', fail: ['ExamConcluded unfit'] },
} as const;

/** Entering and passing each stage, in turn. */
const PROGRESS = [
  ['ScreenRequested', 'ScreenAnswered agreed'],
  ['RemobiliseRequested', 'RemobiliseAnswered agreed'],
  ['HrTypingRequested', 'HrTypingAnswered agreed'],
  ['ExamStarted', 'ExamConcluded fit'],
  ['MobilisationStarted', 'DonationCompleted'],
] as const;

function moveOf({ kind, outcome }: ModelEntry): string {
  return ORDER.includes(kind) ? kind : `${kind} ${outcome}`;
}

function inTurn(a: ModelEntry, b: ModelEntry): number {
  const [x, y] = [a, b].map((one) => ORDER.indexOf(moveOf(one))) as [number, number];
  return a.day.localeCompare(b.day) || x - y || a.position - b.position || a.id.localeCompare(b.id);
}

function standingByCase(entries: readonly ModelEntry[]): Map<string, ModelEntry[]> {
  const gone = new Set(entries.map(({ reverses }) => reverses));
  const cases = new Map<string, ModelEntry[]>();
  for (const one of [...entries].sort(inTurn)) {
    if (one.caseCode === null || one.reverses || gone.has(one.id) || !ORDER.includes(moveOf(one))) continue;
    cases.set(one.caseCode, [...(cases.get(one.caseCode) ?? []), one]);
  }
  return cases;
}

export type Terms = Record<string, Record<string, number>>;

/** What stands of a set of entries: those are struck whose reversal lies in it too, with it. */
function strike(set: readonly ModelEntry[]): ModelEntry[] {
  const [ids, reversed] = [new Set(set.map(({ id }) => id)), new Set(set.map(({ reverses }) => reverses))];
  return set.filter(({ id, reverses }) => !reversed.has(id) && !(reverses && ids.has(reverses)));
}

/** R19, request by request: each term with its entries and what they add. */
export function bridgeOf(
  entries: readonly ModelEntry[],
  stage: keyof typeof BRIDGES,
  code: string,
  orgs: ReadonlySet<string>,
): { terms: Terms; requested: number } {
  const { pass, enter, fail } = BRIDGES[stage];
  const { firstMonth, lastMonth } = parsePeriod(code);
  const inPeriod = (day: string) => day.slice(0, 7) >= firstMonth && day.slice(0, 7) <= lastMonth;
  const terms: Terms = {};
  const add = (term: string, { id }: ModelEntry, value: number) => ((terms[term] ??= {})[id] = value);
  for (const events of standingByCase(entries).values()) {
    let waiting: ModelEntry | null = null;
    let entered = false;
    const end = (day: string | null) => {
      const wait = waiting;
      waiting = null;
      if (!wait || !orgs.has(wait.org)) return;
      const started = wait.day.slice(0, 7) < firstMonth;
      if (started && (day === null || day.slice(0, 7) >= firstMonth)) add('waitingAtStart', wait, 1);
      const begun = wait.day.slice(0, 7) <= lastMonth;
      if (begun && (day === null || day.slice(0, 7) > lastMonth)) add('waitingAtEnd', wait, -1);
    };
    for (const one of events) {
      const here = orgs.has(one.org);
      const within = inPeriod(one.day);
      const wait = waiting as ModelEntry | null;
      const move = moveOf(one);
      if (move === pass) {
        if (here && within) add('passed', one, 1);
        if (wait && here && within) add('passedAgain', one, -1);
        waiting ??= one;
      } else if (move === enter) {
        if (wait && within && orgs.has(wait.org) && !here) add('wentElsewhere', wait, -1);
        if (wait && within && !orgs.has(wait.org) && here) add('cameFromElsewhere', one, 1);
        if (!wait && within && here) add(entered ? 'again' : 'withoutPass', one, 1);
        entered = true;
        end(one.day);
      } else if ((fail as readonly string[]).includes(move) || WAY_OUT.includes(move)) {
        if (wait && within && orgs.has(wait.org)) add('lost', wait, -1);
        end(one.day);
      }
    }
    end(null);
  }
  const own = entries.filter(({ kind, org }) => kind === enter && orgs.has(org));
  const posted = own.filter(({ month }) => inPeriod(month));
  const late = own.filter(({ month, day, caseCode }) => caseCode !== null && inPeriod(day) && !inPeriod(month));
  for (const one of strike(posted)) {
    if (one.quantity === 0) continue;
    if (one.caseCode === null) add('withoutCase', one, one.quantity);
    else if (!inPeriod(one.day)) add('adjustedIn', one, one.quantity);
  }
  for (const one of strike(late)) add('adjustedOut', one, -one.quantity);
  return { terms, requested: posted.reduce((sum, { quantity }) => sum + quantity, 0) };
}

export interface ModelCase {
  readonly caseCode: string;
  readonly org: string;
  readonly begun: string;
  /** The stage that it came to, from 1, and the last one that it passed. */
  readonly reached: number;
  readonly passed: number;
  readonly passedOn: readonly (string | null)[];
  readonly state: 'open' | 'lost' | 'donated';
  readonly held: boolean;
  readonly how: string | null;
}

/** R18: the requests whose first standing one lies in a period and some orgs. */
export function cohortOf(entries: readonly ModelEntry[], code: string, orgs: ReadonlySet<string>): ModelCase[] {
  const { firstMonth, lastMonth } = parsePeriod(code);
  return [...standingByCase(entries)].flatMap(([caseCode, events]): ModelCase[] => {
    const first = events.find(({ kind }) => kind === 'ScreenRequested');
    if (!first || !orgs.has(first.org)) return [];
    if (first.day.slice(0, 7) < firstMonth || first.day.slice(0, 7) > lastMonth) return [];
    const passedOn = PROGRESS.map(([, pass], stage) => {
      const later: readonly string[] = [pass, ...PROGRESS.slice(stage + 1).flat()];
      return events.find((one) => later.includes(moveOf(one)))?.day ?? null;
    });
    const reached =
      PROGRESS.findLastIndex((moves) => events.some((one) => moves.some((move) => move === moveOf(one)))) + 1;
    const passed = passedOn.findLastIndex((day) => day !== null) + 1;
    const donated = passed === PROGRESS.length;
    const lastStep = events.findLastIndex((one) => PROGRESS.flat().some((move) => move === moveOf(one)));
    const loss = events.find((one, place) => {
      const failing = /refused|mismatch|unfit/.test(moveOf(one));
      return WAY_OUT.includes(moveOf(one)) || (failing && place > lastStep);
    });
    const pauses = events
      .filter(({ kind }) => kind === 'RequestHeld' || kind === 'RequestResumed')
      .sort((a, b) => a.day.localeCompare(b.day) || a.position - b.position || (a.kind < b.kind ? -1 : 1));
    const state = donated ? 'donated' : loss ? 'lost' : 'open';
    const held = state === 'open' && pauses.at(-1)?.kind === 'RequestHeld';
    const word = loss && !donated ? (/refused|mismatch|unfit/.exec(moveOf(loss))?.[0] ?? loss.kind) : null;
    const how = word === 'DonorRetracted' ? 'retracted' : word === 'RequestClosed' ? 'closed' : word;
    return [{ caseCode, org: first.org, begun: first.day, reached, passed, passedOn, state, held, how }];
  });
}
