import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import {
  insertLedgerHead,
  insertOrgs,
  insertRecomputeHead,
  insertRegistry,
} from '../../libs/demonstration/demonstration.queries';
import { DEMONSTRATION_SIZE } from '../../libs/demonstration/entries';
import { DEMONSTRATION_ORGS, DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { COPY_ENTRIES_IN, COPY_ENTRIES_OUT } from './baseline.queries';
import type { BenchContext } from './bench-context';
import type { BenchDatabase } from './bench-database';
import { timed } from './stopwatch';

/** Writes all entries of a database to a file that COPY can read. */
export async function writeCopyFile(database: BenchDatabase, file: string): Promise<void> {
  await database.withConnection((client) => pipeline(client.query(to(COPY_ENTRIES_OUT)), createWriteStream(file)));
}

/** The demonstration's registry, open, and nothing in its ledger. */
export async function openRegistry({ source: { manager } }: BenchDatabase): Promise<void> {
  const { registryId, firstDay } = DEMONSTRATION_REGISTRY;
  await insertRegistry(manager, DEMONSTRATION_REGISTRY);
  await insertOrgs(manager, registryId, DEMONSTRATION_ORGS);
  await insertLedgerHead(manager, registryId, firstDay);
  await insertRecomputeHead(manager, registryId);
}

/** Entries a second of one COPY, on one connection, into the ledger's table of a fresh database. */
export async function copyRate(context: BenchContext): Promise<number> {
  const { copyFile } = await context.demonstration();
  const database = await context.database('copied');
  await openRegistry(database);
  await database.checkpoint();
  const milliseconds = await database.withConnection((client) =>
    timed(() => pipeline(createReadStream(copyFile, { highWaterMark: 2 ** 18 }), client.query(from(COPY_ENTRIES_IN)))),
  );
  await database.drop();
  return DEMONSTRATION_SIZE / (milliseconds / 1_000);
}
