import { Decimal } from 'decimal.js';
import type { DataSource } from 'typeorm';

interface Counted {
  readonly kind: string;
  readonly org: string;
  readonly month: string;
  readonly quantity: Decimal;
}

/** What stands in the ledger, kept by a test that knows only what it sent and what was answered. */
export class LedgerModel {
  private readonly sums = new Map<string, Decimal>();
  private readonly written = new Map<string, Counted>();
  /** Entries that have been taken back. */
  private readonly reversed = new Set<string>();
  entries = 0;

  has(id: string): boolean {
    return this.written.has(id.toLowerCase());
  }

  /** The ids of those that can be taken back. */
  get standing(): string[] {
    return [...this.written.keys()].filter((id) => !this.reversed.has(id));
  }

  /** An entry of which the program says that it was created, as it was sent. */
  add(sent: Readonly<Record<string, unknown>>, id?: string): void {
    const one = counted(sent);
    this.move(one, 1);
    if (id !== undefined) this.written.set(id.toLowerCase(), one);
  }

  takeBack(id: string): void {
    const one = this.written.get(id.toLowerCase());
    if (!one) throw new Error(`${id} was never written`);
    this.reversed.add(id.toLowerCase());
    this.move(one, -1);
  }

  takeBackLike(before: Readonly<Record<string, unknown>>): void {
    this.move(counted(before), -1);
  }

  /** That the ledger holds so many entries, those of known ids once, and the same sums by kind, org and month. */
  async expectEqual(source: DataSource): Promise<void> {
    const rows: { place: string; sum: string }[] = await source.query(
      `select concat_ws(' ', kind, org, to_char(posted_month, 'YYYY-MM')) as place, trim_scale(sum(quantity))::text as sum
        from entry group by 1`,
    );
    const stored = Object.fromEntries(rows.map(({ place, sum }) => [place, new Decimal(sum).toString()]));
    expect(stored).toEqual(Object.fromEntries([...this.sums].map(([place, sum]) => [place, sum.toString()])));
    const [{ count, known }] = await source.query(
      'select count(*)::int as count, (count(*) filter (where id = any($1::uuid[])))::int as known from entry',
      [[...this.written.keys()]],
    );
    expect({ count, known }).toEqual({ count: this.entries, known: this.written.size });
  }

  private move({ kind, org, month, quantity }: Counted, times: 1 | -1): void {
    const place = `${kind} ${org} ${month}`;
    this.sums.set(place, (this.sums.get(place) ?? new Decimal(0)).plus(quantity.times(times)));
    this.entries += 1;
  }
}

function counted(sent: Readonly<Record<string, unknown>>): Counted {
  const text = (name: string) =>
    String(sent[name] ?? '')
      .trim()
      .normalize('NFKC');
  const quantity = new Decimal(text('quantity') || '1');
  return { kind: text('kind'), org: text('org'), month: text('occurredOn').slice(0, 7), quantity };
}
