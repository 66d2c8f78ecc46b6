import type { DataSource } from 'typeorm';
import { ensureDemonstrationAccounts } from '../accounts/demonstration-accounts';
import { DomainError } from '../core/domain-error';
import { appendEntries } from '../ledger/append';
import type { EntryInput } from '../ledger/entry-input';
import {
  areStored,
  findDemonstrationMark,
  insertLedgerHead,
  insertOrgs,
  insertRecomputeHead,
  insertRegistry,
  insertTargets,
} from './demonstration.queries';
import { DEMONSTRATION_SIZE, demonstrationEntries } from './entries';
import { DEMONSTRATION_ORGS, DEMONSTRATION_REGISTRY } from './registry';
import { DEMONSTRATION_TARGETS } from './targets';
import { entryId } from './timeline';

const { registryId, firstDay } = DEMONSTRATION_REGISTRY;

/**
 * Writes the demonstration: its registry, orgs, targets, accounts and entries, a transaction per batch. What is there already
 * stays: broken off at any moment and called again, it goes on and ends the same.
 *
 * @param onProgress told after each batch how many of the entries stand
 * @throws {DomainError} when the database holds a registry that is no demonstration
 */
export async function loadDemonstration(
  dataSource: DataSource,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  await openRegistry(dataSource);
  const [root, city] = DEMONSTRATION_ORGS.map(({ org }) => org);
  await ensureDemonstrationAccounts(dataSource, registryId, { root: root ?? '', city: city ?? '' });
  // Batches are written in order, each wholly or not at all: where the last entry stands, all do.
  if (await areStored(dataSource, registryId, [entryId(DEMONSTRATION_SIZE)])) return;
  let done = 0;
  for (const batch of demonstrationEntries()) {
    await loadBatch(dataSource, batch);
    done += batch.length;
    onProgress?.(done, DEMONSTRATION_SIZE);
  }
}

async function openRegistry(dataSource: DataSource): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await insertRegistry(manager, DEMONSTRATION_REGISTRY);
    if (!(await findDemonstrationMark(manager, registryId))) {
      throw new DomainError('registry_no_demonstration', {
        zh: '这个数据库里已有正式的资料库，演示数据不能写入其中。请换一个空的数据库。',
        en: 'This database holds a real registry; the demonstration is not written into it. Use an empty database.',
      });
    }
    await insertOrgs(manager, registryId, DEMONSTRATION_ORGS);
    await insertLedgerHead(manager, registryId, firstDay);
    await insertRecomputeHead(manager, registryId);
    await insertTargets(manager, registryId, DEMONSTRATION_TARGETS);
  });
}

async function loadBatch(dataSource: DataSource, batch: readonly EntryInput[]): Promise<void> {
  const ends = [batch.at(0), batch.at(-1)].flatMap((entry) => entry?.id ?? []);
  if (await areStored(dataSource, registryId, ends)) return;
  const { refused, results } = await appendEntries(dataSource, batch, {
    registryId,
    actor: 'demonstration',
    source: 'demonstration',
    atomic: true,
  });
  if (refused === 0) return;
  const first = results.find((row) => row.status === 'refused' && row.problem.code !== 'not_written');
  throw new Error(
    `the demonstration is refused: ${first?.status === 'refused' ? `${first.id} ${first.problem.message}` : refused}`,
  );
}
