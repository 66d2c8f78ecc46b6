import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { prepareEntries, writeOneMore } from './one-more-entry';
import { p95 } from './stopwatch';

/** One more entry, and everything that stands on its cell computed anew. */
export const oneOrgMonth: BenchPart = {
  name: 'one-org-month',
  rows: [{ row: 'recompute of one org-month, p95', unit: 'ms', target: [below(50)] }],
  async measure(context) {
    const { source } = (await context.demonstration()).database;
    const samples: number[] = [];
    for (const entry of await prepareEntries(source, 100)) samples.push((await writeOneMore(source, entry)).computed);
    return [{ value: p95(samples) }];
  },
};
