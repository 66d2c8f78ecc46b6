import { Decimal } from 'decimal.js';

/** One entry as the model keeps it. */
export interface Fact {
  readonly id: string;
  readonly kind: string;
  readonly org: string;
  readonly day: string;
  /** The month that it is posted to. */
  readonly month: string;
  readonly outcome: string;
  readonly donor: string;
  readonly case: string;
  readonly quantity: Decimal;
  /** The fact that it takes back. */
  readonly reverses: Fact | null;
}

export interface OpenCase {
  readonly requested: Fact;
  answered: Fact | null;
}

/** What a period was when it was closed for the nth time. */
export interface ModelSeal {
  readonly period: string;
  readonly number: number;
  /** By `org own key`. */
  readonly figures: ReadonlyMap<string, string>;
}

/** A registry's ledger in memory: what was sent and taken, in its order, and nothing derived. */
export class ModelLedger {
  readonly facts: Fact[] = [];
  /** Each org with its parent. */
  readonly orgs = new Map<string, string | null>([
    ['P', null],
    ['A', 'P'],
    ['B', 'P'],
    ['A1', 'A'],
  ]);
  readonly cases: OpenCase[] = [];
  firstOpen = '2023-01';
  readonly closed: string[] = [];
  readonly seals: ModelSeal[] = [];
  /** What was chosen of each setting, by the month from which it holds. */
  readonly choices = new Map<string, Map<string, string>>();
  private readonly standing: Fact[] = [];
  private names = 0;

  /** R4: the month it happened in, or the first open one. */
  postedTo(month: string): string {
    return month < this.firstOpen ? this.firstOpen : month;
  }

  isLate(day: string): boolean {
    return day.slice(0, 7) < this.firstOpen;
  }

  newName(prefix: string): string {
    this.names += 1;
    return `${prefix}${this.names}`;
  }

  add(entry: Omit<Fact, 'month' | 'reverses'>): Fact {
    const fact = { ...entry, month: this.postedTo(entry.day.slice(0, 7)), reverses: null };
    this.facts.push(fact);
    this.standing.push(fact);
    return fact;
  }

  /** Those that may be taken back: nothing else stands on them. */
  reversible(): Fact[] {
    const carrying = new Set(this.cases.flatMap(({ requested, answered }) => (answered ? [requested] : [])));
    return this.standing.filter((fact) => !carrying.has(fact) && !fact.kind.startsWith('Opening'));
  }

  takeBack(id: string, reversed: Fact): void {
    const month = this.postedTo(reversed.month);
    this.facts.push({ ...reversed, id, month, quantity: reversed.quantity.negated(), reverses: reversed });
    this.standing.splice(this.standing.indexOf(reversed), 1);
    const place = this.cases.findIndex(({ requested }) => requested === reversed);
    if (place >= 0) this.cases.splice(place, 1);
    for (const one of this.cases) if (one.answered === reversed) one.answered = null;
  }

  close(): void {
    this.closed.push(this.firstOpen);
    this.firstOpen = monthAfter(this.firstOpen);
  }

  /** Opens a closed month again, and every later one. */
  reopen(month: string): void {
    while (this.closed.length > 0 && (this.closed.at(-1) as string) >= month)
      this.firstOpen = this.closed.pop() as string;
  }

  /** What holds of a setting in a month; nothing where its default does. */
  chosen(setting: string, month: string): string | undefined {
    const begun = [...(this.choices.get(setting) ?? [])].filter(([since]) => since <= month).sort();
    return begun.at(-1)?.[1];
  }

  choose(setting: string, since: string, choice: string): void {
    const choices = this.choices.get(setting) ?? new Map<string, string>();
    this.choices.set(setting, choices.set(since, choice));
  }

  /** An org's own and those below it. */
  below(org: string): Set<string> {
    const found = new Set([org]);
    for (let before = 0; before < found.size;) {
      before = found.size;
      for (const [one, parent] of this.orgs) if (parent !== null && found.has(parent)) found.add(one);
    }
    return found;
  }
}

export function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
