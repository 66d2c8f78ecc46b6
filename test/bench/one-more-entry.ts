import type { DataSource } from 'typeorm';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { recompute } from '../../libs/indicators/recompute';
import { appendEntries } from '../../libs/ledger/append';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { furtherEntries, requestsBefore } from './further-entries';
import { timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;
const OPTIONS = { registryId, actor: 'bench', source: 'api' } as const;

/** Entries of eight kinds in turn, ready to be written: the requests that some of them answer stand. */
export async function prepareEntries(source: DataSource, count: number): Promise<EntryInput[]> {
  const entries = furtherEntries(count);
  await appendEntries(source, requestsBefore(entries), { ...OPTIONS, atomic: true });
  await recompute(source, registryId);
  return entries;
}

/** Milliseconds for the writing of one more entry, and for everything that stands on its cell. */
export async function writeOneMore(
  source: DataSource,
  entry: EntryInput,
): Promise<{ readonly written: number; readonly computed: number }> {
  const written = await timed(async () => {
    const { created, results } = await appendEntries(source, [entry], OPTIONS);
    if (created !== 1) throw new Error(`an entry was not written: ${JSON.stringify(results)}`);
  });
  return { written, computed: await timed(() => recompute(source, registryId)) };
}
