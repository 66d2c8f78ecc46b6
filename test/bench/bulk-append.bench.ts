import { demonstrationEntries, DEMONSTRATION_SIZE } from '../../libs/demonstration/entries';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { appendEntries } from '../../libs/ledger/append';
import type { BenchContext } from './bench-context';
import type { BenchPart } from './bench-part';
import { atLeast, timesBaseline } from './bench-row';
import { copyRate, openRegistry } from './copy-baseline';
import { timed } from './stopwatch';

/** Bodies of up to 10,000 entries, made before and sent one after another, against COPY of the same rows. */
export const bulkAppend: BenchPart = {
  name: 'bulk-append',
  rows: [{ row: 'bulk append', unit: 'entries/s', target: [timesBaseline('≥', 0.5), atLeast(30_000)] }],
  async measure(context) {
    return [{ value: await appendRate(context), baseline: await copyRate(context) }];
  },
};

async function appendRate(context: BenchContext): Promise<number> {
  const bodies = Array.from(demonstrationEntries(), (batch) => Buffer.from(JSON.stringify(batch)));
  const database = await context.database('appended');
  await openRegistry(database);
  await database.checkpoint();
  const milliseconds = await timed(async () => {
    for (const body of bodies) await append(database.source, JSON.parse(body.toString()));
  });
  await database.drop();
  return DEMONSTRATION_SIZE / (milliseconds / 1_000);
}

async function append(source: Parameters<typeof appendEntries>[0], inputs: readonly unknown[]): Promise<void> {
  const { registryId } = DEMONSTRATION_REGISTRY;
  const { created } = await appendEntries(source, inputs, { registryId, actor: 'bench', source: 'import' });
  if (created !== inputs.length) throw new Error(`${inputs.length - created} entries were not written`);
}
