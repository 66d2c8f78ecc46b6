import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../libs/demonstration/random';
import { HEAD } from '../support/importing';
import { buildPrograms, killPrograms, Program } from '../support/program';
import { createSmallRegistry } from '../support/small-registry';
import { expectSoundValues } from '../support/sound-values';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(400_000);

const ROWS = 30_000;
const KILLS = 6;

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-kills-'));
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function written(name: string, rows: number): Promise<string> {
  const path = join(folder, name);
  const line = (row: number) =>
    `RecruitmentRegistered,A,2024-05-${String((row % 28) + 1).padStart(2, '0')},,D${row},,,`;
  await writeFile(path, [HEAD, ...Array.from({ length: rows }, (_, row) => line(row))].join('\n'));
  return path;
}

function importing(path: string): Promise<Program> {
  return Program.start('cli', ['import', path], { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl });
}

async function donors(): Promise<{ entries: number; donors: number; links: number }> {
  const [counts] = await database.source.query(
    `select count(*)::int as entries, count(distinct donor_code)::int as donors,
        (select count(*)::int from import_entry) as links
      from entry`,
  );
  return counts;
}

describe('an import', () => {
  it(`that is killed ${KILLS} times at any moment, and begun again, ends with each row once`, async () => {
    const path = await written('killed.csv', ROWS);
    const random = new Random('kills of an import');
    for (let killed = 0; killed < KILLS; killed += 1) {
      const program = await importing(path);
      const ended = await Promise.race([program.ended, pause(random.between(800, 9_000), undefined, { ref: false })]);
      if (ended) {
        expect(ended).toMatchObject({ code: 0 });
        break;
      }
      await program.kill();
    }
    expect(await (await importing(path)).ended).toMatchObject({ code: 0 });
    expect(await donors()).toEqual({ entries: ROWS, donors: ROWS, links: ROWS });
    const unfinished = await database.source.query(`select from import where state not in ('done', 'cancelled')`);
    expect(unfinished).toEqual([]);
    await expectSoundValues(database.source, 1);
  });

  it('by two people at once ends with each row once', async () => {
    const before = await donors();
    const path = await written('twice.csv', 3_000);
    const both = await Promise.all([importing(path), importing(path)]);
    for (const program of both) expect(await program.ended).toMatchObject({ code: 0 });
    expect((await donors()).entries).toBe(before.entries + 3_000);
  });
});
