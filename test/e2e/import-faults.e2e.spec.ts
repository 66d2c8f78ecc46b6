import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { HEAD, standing } from '../support/importing';
import { buildPrograms, killPrograms, Program } from '../support/program';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-faults-'));
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const importing = async (path: string) =>
  (await Program.start('cli', ['import', path], { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }))
    .ended;

describe('an import that was given up after a fault', () => {
  it('goes on when the same command is run again once that is mended', async () => {
    const path = join(folder, 'may.csv');
    await writeFile(path, [HEAD, 'RecruitmentRegistered,A,2024-05-10,12,,,,'].join('\n'));
    await asOwner('alter table import_entry add constraint broken check (row < 0)');
    for (let time = 0; time < 5; time += 1) expect(await importing(path)).not.toMatchObject({ code: 0 });
    const imports = () => database.source.query('select state from import');
    expect(await imports()).toEqual([{ state: 'stopped' }]);

    await asOwner('alter table import_entry drop constraint broken');
    expect(await importing(path)).toMatchObject({ code: 0 });
    expect(await imports()).toEqual([{ state: 'done' }]);
    expect(await standing(database.source)).toEqual(['RecruitmentRegistered A 2024-05-10 12']);
  });
});
