import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DEMONSTRATION_SIZE } from '../../libs/demonstration/entries';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { rebuild } from '../../libs/indicators/recompute';
import { ALL_METRICS, runsOn } from '../../libs/metrics/feeds';
import type { BenchDatabase } from './bench-database';
import {
  countUnlike,
  dropAside,
  findPutOff,
  insertCopy,
  layAside,
  moveBeginning,
  workUnchecked,
} from './grown-ledger.queries';
import { timed } from './stopwatch';

const { registryId } = DEMONSTRATION_REGISTRY;
const BYTES_PER_ENTRY = 1_000;

/**
 * Fills the ledger with the demonstration's two years so many times, each so many years before the one after it, and
 * computes it. Its months are open.
 *
 * @throws {Error} when the disk has no room for it, or a figure is not the same in each copy
 */
export async function growLedger(
  database: BenchDatabase,
  { copies, yearsApart }: { readonly copies: number; readonly yearsApart: number },
): Promise<void> {
  const entries = copies * DEMONSTRATION_SIZE;
  await requireRoom(entries * BYTES_PER_ENTRY);
  const millions = (entries / 1_000_000).toFixed(1);
  const filled = await timed(() => fill(database, copies, yearsApart, millions));
  await database.settle();
  const computed = await timed(() => rebuild(database.source, registryId));
  await database.settle();
  say(`${millions} million entries: written in ${seconds(filled)}, computed in ${seconds(computed)}`);
  if (yearsApart > 0) await requireAlike(database, copies);
}

async function fill(database: BenchDatabase, copies: number, yearsApart: number, millions: string): Promise<void> {
  await database.withOwner(async (owner) => {
    await workUnchecked(owner);
    await layAside(owner);
    const putOff = await findPutOff(owner);
    for (const { drop } of putOff.toReversed()) await owner.query(drop);
    for (let after = 0; after < copies; after += 1) {
      const number = copies - 1 - after;
      const yearsEarlier = number * yearsApart;
      await insertCopy(owner, { name: number === 0 ? '' : `-${number}`, yearsEarlier, after, first: after === 0 });
      say(`${millions} million entries: ${after + 1} of ${copies} parts written`);
    }
    await moveBeginning(owner, (copies - 1) * yearsApart);
    await dropAside(owner);
    for (const [number, { make }] of putOff.entries()) {
      await owner.query(make);
      say(`${millions} million entries: ${number + 1} of ${putOff.length} indexes and keys made`);
    }
  });
}

/** What the copies hold is the same, so their figures have to be; running totals apart. */
async function requireAlike({ source }: BenchDatabase, copies: number): Promise<void> {
  const keys = ALL_METRICS.filter((metric) => !runsOn(metric)).map(({ key }) => key);
  const unlike = await countUnlike(source.manager, registryId, keys, copies);
  if (unlike > 0) throw new Error(`${unlike} figures of the grown ledger are not the same in each of its parts`);
}

async function requireRoom(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(tmpdir());
  if (bavail * bsize > bytes) return;
  throw new Error(`${tmpdir()} has ${gigabytes(bavail * bsize)} free and ${gigabytes(bytes)} are needed`);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(0)} s`;
}

function say(text: string): void {
  process.stderr.write(`  ${text}\n`);
}
