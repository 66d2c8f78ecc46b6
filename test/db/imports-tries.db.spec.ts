import { Client } from 'pg';
import { runForsakenImports } from '../../libs/intake/import-forsaken';
import { readImport, runImport } from '../../libs/intake/import-run';
import type { ImportRecord } from '../../libs/intake/import-record';
import { acceptImport, cancelImport } from '../../libs/intake/imports';
import { postBatch } from '../../libs/intake/import-post';
import { countEntries, IMPORTER, importFile, stageFile } from '../support/importing';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

const tally = (day: string, quantity: number) => `RecruitmentRegistered,A,${day},${quantity},,,,`;
const A = [tally('2024-05-10', 12), tally('2024-05-11', 20)];

/** Makes the database fail where rows of a table are written. */
async function breakTable(table: string, code: string): Promise<void> {
  await asOwner(`create or replace function fail() returns trigger language plpgsql as
    $$ begin raise exception 'broken' using errcode = '${code}'; end $$`);
  await asOwner(`create trigger broken before insert on ${table} for each row execute function fail()`);
}

const mend = (table: string) => asOwner(`drop trigger broken on ${table}`);

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** As the sweep finds it, which nobody has worked on. */
async function sweepImports(): Promise<void> {
  await database.source.query(`update import set progressed_at = now() - interval '1 hour'`);
  await runForsakenImports(database.source);
}

async function failTimes(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await expect(sweepImports()).rejects.toThrow();
}

const FAULT = '23514';
const OUTAGES = ['57P01', '08006', '53100', '40P01'];

async function received(): Promise<ImportRecord> {
  const { importId } = await stageFile(database.source, A);
  await database.source.query(`delete from import_row`);
  await database.source.query(`update import set state = 'received'`);
  return readImport(database.source, REGISTRY, importId);
}

const readAgain = ({ importId }: ImportRecord) => readImport(database.source, REGISTRY, importId);

describe('a file at which the program fails', () => {
  it('is refused after five tries, with a sentence that says what to do, and left alone from then on', async () => {
    const one = await received();
    await breakTable('import_row', FAULT);
    await failTimes(4);
    expect(await readAgain(one)).toMatchObject({ state: 'received', problem: null });
    await failTimes(1);
    const refused = await readAgain(one);
    expect(refused).toMatchObject({
      state: 'refused',
      problem: { code: 'program_fault' },
      finishedAt: expect.any(Date),
    });
    expect(refused.problem?.sentence).toEqual({
      zh: expect.stringContaining('重新上传'),
      en: expect.stringContaining('upload'),
    });
    await sweepImports();
    await mend('import_row');
    expect(await importFile(database.source, A)).toMatchObject({ state: 'done', entriesPosted: 2 });
  });

  it.each(OUTAGES)('by an outage (%s) is tried for as long as that lasts, and then goes on', async (code) => {
    const one = await received();
    await breakTable('import_row', code);
    await failTimes(7);
    expect(await readAgain(one)).toMatchObject({ state: 'received' });
    await mend('import_row');
    await sweepImports();
    expect(await readAgain(one)).toMatchObject({ state: 'staged', counts: { new: 2 } });
  });

  it('is not tried where the whole database goes away', async () => {
    const one = await received();
    await asOwner(`create function leave() returns trigger language plpgsql security definer as
      $$ begin perform pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'marrow-ledger' and pid <> pg_backend_pid();
        raise exception 'broken' using errcode = '${FAULT}'; end $$`);
    await asOwner(`create trigger broken before insert on import_row for each row execute function leave()`);
    await failTimes(1);
    await mend('import_row');
    const [tries] = await database.source.query('select faults from import');
    expect(tries).toEqual({ faults: 0 });
    expect(await runImport(database.source, REGISTRY, one.importId)).toMatchObject({ state: 'staged' });
  });
});

describe('an accepted import at which the program fails', () => {
  const many = Array.from({ length: 6_000 }, (_, row) => tally('2024-05-10', row + 1));

  it('stops after five tries; what is posted stays, and the rest follows when somebody lets it go on', async () => {
    const { source } = database;
    const staged = await stageFile(source, many);
    await acceptImport(source, IMPORTER, staged.importId);
    await postBatch(source, IMPORTER, staged.importId);
    await breakTable('import_entry', FAULT);
    await failTimes(5);
    const stopped = await readAgain(staged);
    expect(stopped).toMatchObject({ state: 'stopped', question: { code: 'program_fault' }, entriesPosted: 5_000 });
    await sweepImports();
    expect(await countEntries(source)).toBe(5_000);

    await mend('import_entry');
    expect(await acceptImport(source, IMPORTER, staged.importId)).toMatchObject({ state: 'posting', question: null });
    expect(await runImport(source, REGISTRY, staged.importId)).toMatchObject({ state: 'done', entriesPosted: 6_000 });
  });

  it('has its tries again when it was let go on, and can be cancelled', async () => {
    const { source } = database;
    const staged = await stageFile(source, A);
    await acceptImport(source, IMPORTER, staged.importId);
    await breakTable('import_entry', FAULT);
    await failTimes(5);
    await acceptImport(source, IMPORTER, staged.importId);
    await failTimes(4);
    expect(await readAgain(staged)).toMatchObject({ state: 'posting' });
    await failTimes(1);
    expect(await readAgain(staged)).toMatchObject({ state: 'stopped' });
    expect(await cancelImport(source, IMPORTER, staged.importId)).toMatchObject({ state: 'cancelled' });
  });

  it('is not given up for failures between which it comes further', async () => {
    const { source } = database;
    const staged = await stageFile(source, many);
    await acceptImport(source, IMPORTER, staged.importId);
    await breakTable('import_entry', FAULT);
    await failTimes(4);
    await mend('import_entry');
    await postBatch(source, IMPORTER, staged.importId);
    await breakTable('import_entry', FAULT);
    await failTimes(4);
    expect(await readAgain(staged)).toMatchObject({ state: 'posting', entriesPosted: 5_000 });
  });
});

describe('an import whose process is killed', () => {
  /** What a kill leaves behind. */
  const kill = (times: number) => database.source.query('update import set unended = unended + $1', [times]);

  it('goes on, also after several', async () => {
    const one = await received();
    await kill(9);
    await sweepImports();
    expect(await readAgain(one)).toMatchObject({ state: 'staged', counts: { new: 2 } });
    const [tries] = await database.source.query('select faults, unended from import');
    expect(tries).toEqual({ faults: 0, unended: 0 });
  });

  it('is given up where that happened ten times without its coming further', async () => {
    const one = await received();
    await kill(10);
    await sweepImports();
    expect(await readAgain(one)).toMatchObject({ state: 'refused', problem: { code: 'program_fault' } });
  });

  it('has been begun for as long as it is worked on', async () => {
    const one = await received();
    await asOwner(`create function seen() returns trigger language plpgsql as
      $$ begin if (select unended from import) <> 1 then raise exception 'not counted'; end if; return new; end $$`);
    await asOwner(`create trigger broken before insert on import_row for each row execute function seen()`);
    expect(await runImport(database.source, REGISTRY, one.importId)).toMatchObject({ state: 'staged' });
  });
});
