import type { DataSource } from 'typeorm';
import type { BenchPart } from './bench-part';
import { below, timesBaseline, type Limit, type Measurement } from './bench-row';
import { prepareEntries, writeOneMore } from './one-more-entry';
import { readDashboard, readList } from './readings';
import { p95, timed } from './stopwatch';

const GROWTH = timesBaseline('≤', 1.2);
const MEASURED: readonly { readonly row: string; readonly target: readonly Limit[] }[] = [
  { row: 'dashboard', target: [below(50), GROWTH] },
  { row: 'list behind retention.revisited', target: [below(100), GROWTH] },
  { row: 'list behind match.screen_agreed', target: [below(100), GROWTH] },
  { row: 'recompute of one org-month', target: [below(50), GROWTH] },
  { row: 'one more entry, written and computed', target: [GROWTH] },
];
const SMALL = 1;
const READINGS = 40;

/** Everyday work over a ledger of 10 million entries, against the same over one of 1 million, in turns. */
export const growth: BenchPart = growthTo('growth', 10);

/** The same over 50 million. */
export const largeGrowth: BenchPart = { ...growthTo('growth-large', 50), large: true };

function growthTo(name: string, millions: number): BenchPart {
  return {
    name,
    rows: MEASURED.map(({ row, target }) => ({ row: `${row}, ${millions} million entries, p95`, unit: 'ms', target })),
    async measure(context) {
      const small = await context.millions(SMALL);
      const large = await context.millions(millions);
      const measured = await inTurns(small.source, large.source);
      await small.drop();
      await large.drop();
      return measured;
    },
  };
}

/** What else the machine does meets both alike. */
async function inTurns(small: DataSource, large: DataSource): Promise<Measurement[]> {
  const readings = [
    readDashboard,
    (source: DataSource) => readList(source, 'retention.revisited'),
    (source: DataSource) => readList(source, 'match.screen_agreed'),
  ];
  const measured: Measurement[] = [];
  for (const read of readings) {
    const [before, after]: [number[], number[]] = [[], []];
    for (let reading = 0; reading < READINGS; reading += 1) {
      before.push(await timed(() => read(small)));
      after.push(await timed(() => read(large)));
    }
    measured.push({ value: p95(after), baseline: p95(before) });
  }
  return [...measured, ...(await writeInTurns(small, large))];
}

async function writeInTurns(small: DataSource, large: DataSource): Promise<Measurement[]> {
  const [computed, whole] = [pair(), pair()];
  const entriesOfSmall = await prepareEntries(small, READINGS);
  for (const [place, entry] of (await prepareEntries(large, READINGS)).entries()) {
    const before = await writeOneMore(small, entriesOfSmall[place] ?? entry);
    const after = await writeOneMore(large, entry);
    computed.before.push(before.computed);
    computed.after.push(after.computed);
    whole.before.push(before.written + before.computed);
    whole.after.push(after.written + after.computed);
  }
  return [computed, whole].map(({ before, after }) => ({ value: p95(after), baseline: p95(before) }));
}

function pair(): { readonly before: number[]; readonly after: number[] } {
  return { before: [], after: [] };
}
