import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { growLedger } from './grown-ledger';
import { countEntriesByMonth } from './grown-ledger.queries';
import { timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;
const ENTRIES = 100_000;
const COPIES = 4;

/** Months of the demonstration as if it were of so many provinces, closed one after another; the slowest counts. */
export const close: BenchPart = {
  name: 'close',
  rows: [{ row: 'close of a month of 100,000 entries or more, the slowest', unit: 's', target: [below(2)] }],
  async measure(context) {
    const database = await context.copyOfDemonstration('closing');
    await growLedger(database, { copies: COPIES, yearsApart: 0 });
    const times: number[] = [];
    for (const { month, entries } of await countEntriesByMonth(database.source.manager, registryId)) {
      const milliseconds = await timed(() => closeAndRecompute(database.source, registryId, month, 'bench'));
      process.stderr.write(`  ${month}: ${entries} entries closed in ${milliseconds.toFixed(0)} ms\n`);
      if (entries >= ENTRIES) times.push(milliseconds);
    }
    await database.drop();
    return [{ value: Math.max(...times) / 1_000 }];
  },
};
