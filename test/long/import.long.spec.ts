import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runImport } from '../../libs/intake/import-run';
import { acceptImport, receiveFile } from '../../libs/intake/imports';
import { timesOf } from '../support/full-counts';
import { countEntries, HEAD, IMPORTER } from '../support/importing';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const ROWS = Number(process.env.MARROW_ROWS ?? timesOf(1_000_000));
const MEMORY_AT_MOST = 400 * 1024 * 1024;

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-long-import-'));
});

afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Donors recruited, sampled and enrolled, three rows each, the sample by its own code too. */
function* lines(rows: number): Generator<string> {
  yield `${HEAD},血样编号\n`;
  for (let row = 0; row < rows; row += 1) {
    const donor = Math.floor(row / 3);
    const day = String((donor % 28) + 1).padStart(2, '0');
    const month = String((Math.floor(donor / 28) % 12) + 1).padStart(2, '0');
    const kind = ['RecruitmentRegistered', 'SampleCollected', 'DonorEnrolled'][row % 3];
    const sample = row % 3 === 1 ? `S${donor}` : '';
    yield `${kind},${donor % 2 === 0 ? 'A' : 'B'},2024-${month}-${day},,D${donor},,,,${sample}\n`;
  }
}

it(
  `${ROWS} rows are staged, compared and posted in bounded memory, and again in vain`,
  async () => {
    const path = join(folder, 'rows.csv');
    await pipeline(Readable.from(lines(ROWS)), createWriteStream(path));
    const file = { path, fileName: 'rows.csv', org: 'P', kind: null, mode: 'good_rows' } as const;
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 100);
    const times: string[] = [];
    let last = Date.now();
    const lap = (name: string) => {
      times.push(`${name} ${((Date.now() - last) / 1000).toFixed(1)} s`);
      last = Date.now();
    };
    const phases = new Set<string>();
    let phase = 'receive';
    const tell = (record: { phase: string }) => {
      if (record.phase !== phase) lap(phase);
      phase = record.phase;
      phases.add(phase);
    };
    const received = await receiveFile(database.source, IMPORTER, file);
    const staged = await runImport(database.source, REGISTRY, received.importId, tell);
    lap(phase);
    expect(staged).toMatchObject({ state: 'staged', counts: { new: ROWS, invalid: 0 } });
    await acceptImport(database.source, IMPORTER, staged.importId);
    expect(await runImport(database.source, REGISTRY, staged.importId)).toMatchObject({
      state: 'done',
      entriesPosted: ROWS,
    });
    lap('post');
    expect(await countEntries(database.source)).toBe(ROWS);
    const { importId } = await receiveFile(database.source, IMPORTER, file);
    const again = await runImport(database.source, REGISTRY, importId);
    expect(again.counts).toMatchObject({ new: 0, unchanged: ROWS, gone: 0 });
    lap('again');
    clearInterval(timer);
    const mib = Math.round((most - before) / 1024 / 1024);
    process.stderr.write(`${ROWS} rows: ${times.join(', ')}; at most ${mib} MiB more than before\n`);
    expect(most - before).toBeLessThan(MEMORY_AT_MOST);
  },
  45 * 60_000,
);
