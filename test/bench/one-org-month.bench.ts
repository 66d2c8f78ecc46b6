import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { recompute } from '../../libs/indicators/recompute';
import { appendEntries } from '../../libs/ledger/append';
import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { furtherEntries, requestsBefore } from './further-entries';
import { p95, timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;

/** One more entry, and everything that stands on its cell computed anew. */
export const oneOrgMonth: BenchPart = {
  name: 'one-org-month',
  rows: [{ row: 'recompute of one org-month, p95', unit: 'ms', target: [below(50)] }],
  async measure(context) {
    const { source } = (await context.demonstration()).database;
    const samples: number[] = [];
    const entries = furtherEntries(100);
    const options = { registryId, actor: 'bench', source: 'api' } as const;
    await appendEntries(source, requestsBefore(entries), { ...options, atomic: true });
    await recompute(source, registryId);
    for (const entry of entries) {
      const { created, results } = await appendEntries(source, [entry], options);
      if (created !== 1) throw new Error(`an entry was not written: ${JSON.stringify(results)}`);
      samples.push(await timed(() => recompute(source, registryId)));
    }
    return [{ value: p95(samples) }];
  },
};
