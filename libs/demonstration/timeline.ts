import type { KindCode } from '../catalogue/kind-code';
import { KINDS } from '../catalogue/kinds';
import type { ReasonCode } from '../catalogue/reasons';
import type { EntryInput } from '../ledger/entry-input';
import { dateOf, LAST_DAY, monthOf, yearOf, YEARS, type Day, type MonthNumber } from './calendar';
import { DEMONSTRATION_ORGS, demonstrationOrg } from './registry';

/** Something that happened, in the generator's own numbers. Donors, cases and samples are numbered from 1. */
export interface Happening {
  readonly kind: KindCode;
  readonly day: Day;
  readonly org: number;
  readonly donor?: number;
  /** `numberIn` of the day it was requested on. */
  readonly request?: number;
  /** `numberIn` of the day it was collected on. */
  readonly sample?: number;
  readonly outcome?: string;
  readonly reason?: ReasonCode;
  readonly quantity?: number;
  readonly sequence?: number;
}

const FIELDS = 10;
const KIND_NUMBERS = new Map<string, number>(KINDS.map((kind, number) => [kind.code, number]));
const DAY_STEP = 64;
const PER_YEAR = 1_000_000;

/** Everything that happens, held as rows of numbers, and told in order of days, within a day in the pathway's order. */
export class Timeline {
  private rows = new Int32Array(600_000 * FIELDS);
  private readonly words: string[] = [''];
  private readonly wordNumbers = new Map<string, number>([['', 0]]);
  private readonly seen = new Set<number>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** What would happen after the demonstration's end is left out. */
  add(happening: Happening): void {
    const { kind, day, org } = happening;
    if (day > LAST_DAY) return;
    if ((this.count + 1) * FIELDS > this.rows.length) this.grow();
    const kindNumber = KIND_NUMBERS.get(kind) ?? 0;
    const row = this.count * FIELDS;
    this.rows[row] = day * DAY_STEP + kindNumber;
    this.rows[row + 1] = kindNumber;
    this.rows[row + 2] = day;
    this.rows[row + 3] = org;
    this.rows[row + 4] = happening.donor ?? 0;
    this.rows[row + 5] = happening.request ?? 0;
    this.rows[row + 6] = happening.sample ?? 0;
    this.rows[row + 7] = this.wordNumber(happening.outcome ?? '') * 1_000 + this.wordNumber(happening.reason ?? '');
    this.rows[row + 8] = happening.quantity ?? 1;
    this.rows[row + 9] = happening.sequence ?? 0;
    this.count += 1;
    this.seen.add(cell(kindNumber, org, monthOf(day)));
  }

  /** Whether an org has anything of a kind in a month. */
  has(kind: KindCode, org: number, month: MonthNumber): boolean {
    return this.seen.has(cell(KIND_NUMBERS.get(kind) ?? 0, org, month));
  }

  *entries(): Generator<EntryInput> {
    let position = 0;
    for (const row of this.inOrder()) yield this.entry(row * FIELDS, (position += 1));
  }

  private entry(row: number, position: number): EntryInput {
    const field = (place: number): number => this.rows[row + place] ?? 0;
    const [donor, request, sample, words, quantity, sequence] = [4, 5, 6, 7, 8, 9].map(field) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return {
      id: entryId(position),
      kind: KINDS[field(1)]?.code ?? '',
      org: demonstrationOrg(field(3)).org,
      occurredOn: dateOf(field(2)),
      ...(donor && { donorCode: `D${String(donor).padStart(9, '0')}` }),
      ...(request && { caseCode: code('R', request, 6) }),
      ...(sample && { sampleCode: code('S', sample, 7) }),
      ...(words >= 1_000 && { outcome: this.words[Math.floor(words / 1_000)] }),
      ...(words % 1_000 && { reason: this.words[words % 1_000] }),
      ...(quantity !== 1 && { quantity: String(quantity) }),
      ...(sequence && { attributes: { sequence: String(sequence) } }),
    };
  }

  /** The rows sorted by day and kind; what shares both keeps the order in which it was added. */
  private inOrder(): Int32Array {
    const starts = new Int32Array((LAST_DAY + 1) * DAY_STEP + 1);
    const keyOf = (row: number): number => this.rows[row * FIELDS] ?? 0;
    for (let row = 0; row < this.count; row += 1) starts[keyOf(row) + 1] = (starts[keyOf(row) + 1] ?? 0) + 1;
    for (let key = 1; key < starts.length; key += 1) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
    const order = new Int32Array(this.count);
    for (let row = 0; row < this.count; row += 1) {
      const place = starts[keyOf(row)] ?? 0;
      order[place] = row;
      starts[keyOf(row)] = place + 1;
    }
    return order;
  }

  private grow(): void {
    const grown = new Int32Array(this.rows.length * 2);
    grown.set(this.rows);
    this.rows = grown;
  }

  private wordNumber(word: string): number {
    let number = this.wordNumbers.get(word);
    if (number === undefined) {
      number = this.words.push(word) - 1;
      this.wordNumbers.set(word, number);
    }
    return number;
  }
}

function cell(kind: number, org: number, month: MonthNumber): number {
  return (month * DEMONSTRATION_ORGS.length + org) * DAY_STEP + kind;
}

/** The number of a request or a sample: its place in its year, and the year. */
export function numberIn(day: Day, place: number): number {
  return yearOf(day) * PER_YEAR + place;
}

function code(letter: string, number: number, digits: number): string {
  const year = YEARS[number < PER_YEAR ? 0 : 1];
  return `${letter}${year}-${String(number % PER_YEAR).padStart(digits, '0')}`;
}

/** The same id for the same place in the story, in every run: a uuid of version 8, whose content is its maker's. */
export function entryId(position: number): string {
  return `de300000-0000-8000-8000-${position.toString(16).padStart(12, '0')}`;
}
