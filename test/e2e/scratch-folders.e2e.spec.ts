import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../support/free-port';
import { HEAD } from '../support/importing';
import { buildPrograms, killPrograms, ledger, Program } from '../support/program';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let folder: string;
let temporary: string;
let environment: Record<string, string>;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-scratch-'));
  temporary = join(folder, 'temporary');
  await mkdir(temporary);
  environment = {
    TMPDIR: temporary,
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
  };
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** As nothing can be staged, what reads a file goes on reading it. */
async function whileNothingIsStaged(work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('lock table import_row in share mode');
    await work();
  } finally {
    await client.end();
  }
}

const left = () => readdir(temporary);

/** An import that has its file, and what it keeps of it. */
async function importing(path: string): Promise<{ program: Program; kept: string[] }> {
  const program = await Program.start('cli', ['import', path], environment);
  let ended = false;
  void program.ended.then(() => (ended = true));
  while (!ended && (await left()).length === 0) await pause(20);
  const kept = await left();
  expect(kept).toEqual([expect.stringContaining(`marrow-ledger-import-${program.pid}@${hostname()}-`)]);
  return { program, kept };
}

describe('what a program keeps of a file for its own time', () => {
  it('stays while it lives, goes at the next start once it was killed, and its import goes on', async () => {
    const path = join(folder, 'may.csv');
    const rows = Array.from({ length: 50 }, (_, row) => `RecruitmentRegistered,A,2024-05-10,,D${row},,,`);
    await writeFile(path, [HEAD, ...rows].join('\n'));
    await whileNothingIsStaged(async () => {
      const { program, kept } = await importing(path);
      expect(await ledger(environment, 'org', 'list')).toMatchObject({ code: 0 });
      expect(await left()).toEqual(kept);
      await program.kill();
      expect(await left()).toEqual(kept);
    });
    expect(await ledger(environment, 'import', path)).toMatchObject({ code: 0 });
    expect(await left()).toEqual([]);
    const [counts] = await database.source.query(
      `select count(*)::int as entries, count(distinct donor_code)::int as donors,
          (select array_agg(state) from import) as imports
        from entry`,
    );
    expect(counts).toEqual({ entries: 50, donors: 50, imports: ['done'] });
  });

  it('goes with a program that is broken off by Ctrl-C', async () => {
    const path = join(folder, 'june.csv');
    await writeFile(path, [HEAD, 'RecruitmentRegistered,A,2024-06-10,3,,,,'].join('\n'));
    await whileNothingIsStaged(async () => {
      const { program } = await importing(path);
      expect(await program.kill('SIGINT')).toMatchObject({ code: 130 });
      expect(await left()).toEqual([]);
    });
    expect(await ledger(environment, 'import', path)).toMatchObject({ code: 0 });
  });

  it.each([
    ['alone', /is ready/],
    ['api', /api ready/],
    ['worker', /worker ready/],
  ] as const)(
    'goes when %s starts, and what is another program’s or may be in use elsewhere stays',
    async (name, ready) => {
      const nobodys = 4_194_304;
      const stays = [
        `marrow-ledger-upload-${process.pid}@${hostname()}-a1B2c3`,
        `marrow-ledger-upload-${nobodys}@not-${hostname()}-a1B2c3`,
        `another-upload-${nobodys}@${hostname()}-a1B2c3`,
      ];
      for (const one of [...stays, `marrow-ledger-upload-${nobodys}@${hostname()}-a1B2c3`]) {
        await mkdir(join(temporary, one), { recursive: true });
        await writeFile(join(temporary, one, 'file'), HEAD);
      }
      const program = await Program.start(name, [], { ...environment, PORT: String(await freePort()) });
      await program.says(ready);
      expect((await left()).sort()).toEqual([...stays].sort());
      await program.kill();
    },
  );
});
