import { Client } from 'pg';
import { withImportLock } from '../../libs/intake/import-lock';
import { postBatch } from '../../libs/intake/import-post';
import { readImport, runImport } from '../../libs/intake/import-run';
import { acceptImport, cancelImport, mapImport } from '../../libs/intake/imports';
import { countEntries, IMPORTER, importFile, stageFile, standing } from '../support/importing';
import { append, createSmallRegistry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

const tally = (day: string, quantity: number | string, org = 'A') =>
  `RecruitmentRegistered,${org},${day},${quantity},,,,`;

const A = [tally('2024-05-10', 12), tally('2024-05-11', 20), tally('2024-05-11', 20)];
const AS_A = [
  'RecruitmentRegistered A 2024-05-10 12',
  'RecruitmentRegistered A 2024-05-11 20',
  'RecruitmentRegistered A 2024-05-11 20',
];

describe('a file', () => {
  it('changes nothing before it is accepted, and then each of its rows is an entry', async () => {
    const { source } = database;
    const staged = await stageFile(source, A);
    expect(staged).toMatchObject({ state: 'staged', counts: { new: 3, unchanged: 0, invalid: 0 } });
    expect(await countEntries(source)).toBe(0);

    await acceptImport(source, IMPORTER, staged.importId);
    const done = await runImport(source, REGISTRY, staged.importId);
    expect(done).toMatchObject({ state: 'done', entriesPosted: 3, acceptedBy: 'importer' });
    expect(await standing(source)).toEqual(AS_A);
  });

  it('keeps its columns and its rows while a process reads it, and takes other columns once that has ended', async () => {
    const { source } = database;
    const { importId } = await stageFile(source, A);
    const columns = { 备注: null };
    await withImportLock(source, importId, async () => {
      await expect(mapImport(source, IMPORTER, importId, columns)).rejects.toMatchObject({ code: 'import_being_read' });
    });
    expect(await readImport(source, REGISTRY, importId)).toMatchObject({ state: 'staged', counts: { new: 3 } });

    expect(await mapImport(source, IMPORTER, importId, columns)).toMatchObject({ state: 'received' });
    expect(await runImport(source, REGISTRY, importId)).toMatchObject({ state: 'staged', counts: { new: 3 } });
  });

  it('that is outdated is not compared again while another process has it in hand', async () => {
    const { source } = database;
    const { importId } = await stageFile(source, A);
    await importFile(source, [tally('2024-05-10', 12)]);
    const again = () =>
      expect(acceptImport(source, IMPORTER, importId)).rejects.toMatchObject({ code: 'proposal_outdated' });
    await withImportLock(source, importId, again);
    expect(await readImport(source, REGISTRY, importId)).toMatchObject({ counts: { new: 3 } });

    await again();
    expect(await readImport(source, REGISTRY, importId)).toMatchObject({ counts: { new: 2, unchanged: 1 } });
  });

  it('to be taken whole is refused for one bad row, and nothing is written', async () => {
    const { source } = database;
    const refused = await stageFile(source, [...A, tally('2024-05-32', 1)], { mode: 'all_or_nothing' });
    expect(refused).toMatchObject({
      state: 'refused',
      counts: { invalid: 1, new: 3 },
      problem: { code: 'import_not_whole' },
    });
    await expect(acceptImport(source, IMPORTER, refused.importId)).rejects.toMatchObject({
      code: 'import_not_in_state',
    });
    expect(await countEntries(source)).toBe(0);
  });

  it('names orgs that its importer does not reach as unknown', async () => {
    const { source } = database;
    const staged = await stageFile(source, [tally('2024-05-10', 1), tally('2024-05-10', 1, 'B')], { org: 'A' });
    expect(staged).toMatchObject({ counts: { new: 1, invalid: 1 } });
    const [row] = await source.query('select row, problems from import_row where problems is not null');
    expect(row).toMatchObject({ row: 3, problems: [{ code: 'org_unknown', field: 'org', column: 1 }] });
  });
});

const step = (kind: string, day: string, donor: string, request = '', outcome = '') =>
  `${kind},A,${day},,${donor},${request},${outcome},`;

describe('rows that rest on others', () => {
  it('may stand above them, and one that rests on an invalid row is invalid too', async () => {
    const { source } = database;
    await append(source, ...opening());
    const staged = await stageFile(source, [
      step('ScreenAnswered', '2024-05-12', 'D1', 'R1', 'agreed'),
      step('ScreenRequested', '2024-05-11', 'D1', 'R1'),
      step('ScreenAnswered', '2024-05-12', 'D2', 'R2', 'agreed'),
      step('ScreenRequested', '2024-05-41', 'D2', 'R2'),
    ]);
    expect(staged.counts).toMatchObject({ new: 2, invalid: 2 });
    const rows = await source.query('select row, breach from import_row where breach is not null');
    expect(rows).toMatchObject([{ row: 4, breach: [{ code: 'guard_unmet' }] }]);
  });

  it('are corrected together with them, and taken back together', async () => {
    const { source } = database;
    await append(source, ...opening());
    const before = [
      step('ScreenRequested', '2024-05-11', 'D1', 'R1'),
      step('ScreenAnswered', '2024-05-12', 'D1', 'R1', 'agreed'),
      step('ScreenRequested', '2024-05-11', 'D2', 'R2'),
      step('ScreenAnswered', '2024-05-12', 'D2', 'R2', 'agreed'),
    ];
    await importFile(source, before);
    const after = [
      step('ScreenRequested', '2024-05-10', 'D1', 'R1'),
      step('ScreenAnswered', '2024-05-13', 'D1', 'R1', 'agreed'),
    ];
    expect((await stageFile(source, after)).counts).toMatchObject({ changed: 2, gone: 2, blocked: 0, invalid: 0 });
    await importFile(source, after);
    expect((await standing(source)).filter((one) => one.startsWith('Screen'))).toEqual([
      'ScreenAnswered A 2024-05-13 1 D1 R1 agreed',
      'ScreenRequested A 2024-05-10 1 D1 R1',
    ]);
  });

  it('keep what they rest on from being taken back, and that is said', async () => {
    const { source } = database;
    await append(source, ...opening());
    const asked = [
      step('ScreenRequested', '2024-05-11', 'D1', 'R1'),
      step('ScreenRequested', '2024-05-11', 'D3', 'R3'),
    ];
    await importFile(source, asked);
    await importFile(source, [step('ScreenAnswered', '2024-05-12', 'D1', 'R1', 'agreed')], { name: 'answers' });
    const staged = await stageFile(source, asked.slice(1));
    expect(staged.counts).toMatchObject({ gone: 0, blocked: 1, unchanged: 1 });
    const [kept] = await source.query('select problem from import_step where problem is not null');
    expect(kept.problem).toMatchObject({ code: 'entry_rested_on' });
    await acceptImport(source, IMPORTER, staged.importId);
    expect(await runImport(source, REGISTRY, staged.importId)).toMatchObject({ state: 'done', entriesPosted: 0 });
  });
});

describe('months that are closed', () => {
  const close = (month: string) =>
    database.source.query('select close_month(1, $1::date, $2, null)', [month, 'tester']);

  it('are asked a reason for before the rows are taken', async () => {
    const { source } = database;
    await close('2023-01-01');
    const lines = [tally('2023-01-10', 4), tally('2023-02-10', 5)];
    expect((await stageFile(source, lines)).counts).toMatchObject({ new: 1, invalid: 1 });
    expect((await stageFile(source, lines, { reason: '迟到的报表' })).counts).toMatchObject({ new: 2, invalid: 0 });
  });

  it('meanwhile stop the import with a question; with an answer it goes on', async () => {
    const { source } = database;
    const staged = await stageFile(source, [tally('2023-01-10', 4)]);
    await close('2023-01-01');
    await acceptImport(source, IMPORTER, staged.importId);
    const stopped = await runImport(source, REGISTRY, staged.importId);
    expect(stopped).toMatchObject({ state: 'stopped', question: { code: 'month_closed', month: '2023-01' } });
    expect(await countEntries(source)).toBe(0);
    await expect(acceptImport(source, IMPORTER, staged.importId)).rejects.toMatchObject({ code: 'reason_missing' });
    await acceptImport(source, IMPORTER, staged.importId, { reason: '迟到的报表' });
    expect(await runImport(source, REGISTRY, staged.importId)).toMatchObject({ state: 'done', entriesPosted: 1 });
    const [entry] = await source.query('select posted_month as month, justification from entry');
    expect(entry).toEqual({ month: '2023-02-01', justification: '迟到的报表' });
  });
});

describe('an import', () => {
  it('that is cancelled before it is accepted leaves nothing', async () => {
    const { source } = database;
    const { importId } = await stageFile(source, A);
    expect(await cancelImport(source, IMPORTER, importId)).toMatchObject({ state: 'cancelled' });
    await expect(acceptImport(source, IMPORTER, importId)).rejects.toMatchObject({ code: 'import_not_in_state' });
    expect(await source.query('select from import_row')).toEqual([]);
    expect(await countEntries(source)).toBe(0);
  });

  it('that is cancelled while it is posted keeps what is posted, and the next takes the rest', async () => {
    const { source } = database;
    const many = Array.from({ length: 11_000 }, (_, row) => tally('2024-05-10', row + 1));
    const { importId } = await stageFile(source, many);
    await acceptImport(source, IMPORTER, importId);
    expect(await postBatch(source, IMPORTER, importId)).toBe('posting');
    expect(await cancelImport(source, IMPORTER, importId)).toMatchObject({ state: 'cancelled', entriesPosted: 5_000 });
    expect(await runImport(source, REGISTRY, importId)).toMatchObject({ state: 'cancelled' });
    expect(await countEntries(source)).toBe(5_000);
    expect(await importFile(source, many)).toMatchObject({ state: 'done', counts: { new: 6_000, unchanged: 5_000 } });
    expect(await countEntries(source)).toBe(11_000);
  });

  it('brings the opening of an office, and corrects it', async () => {
    const { source } = database;
    const opened = (stock: number) => [
      `OpeningStock,A,2023-01-01,${stock},,,,`,
      'OpeningEnrolled,A,2023-01-01,210000,,,,',
      step('ScreenRequested', '2024-05-11', 'D1', 'R1'),
    ];
    expect(await importFile(source, opened(196_937))).toMatchObject({ state: 'done', counts: { new: 3, invalid: 0 } });
    expect(await importFile(source, opened(196_973))).toMatchObject({
      counts: { changed: 1, unchanged: 2, invalid: 0 },
    });
    expect((await standing(source)).filter((one) => one.startsWith('Opening'))).toEqual([
      'OpeningEnrolled A 2023-01-01 210000',
      'OpeningStock A 2023-01-01 196973',
    ]);
  });

  it('of the same file by two people at once ends with each row once', async () => {
    const { source } = database;
    const [one, other] = await Promise.all([stageFile(source, A), stageFile(source, A, { mode: 'all_or_nothing' })]);
    await acceptImport(source, IMPORTER, one.importId);
    await expect(acceptImport(source, IMPORTER, other.importId)).rejects.toMatchObject({ code: 'source_busy' });
    await Promise.all([runImport(source, REGISTRY, one.importId), runImport(source, REGISTRY, one.importId)]);
    await runImport(source, REGISTRY, one.importId);
    await expect(acceptImport(source, IMPORTER, other.importId)).rejects.toMatchObject({ code: 'proposal_outdated' });
    await acceptImport(source, IMPORTER, other.importId);
    expect(await runImport(source, REGISTRY, other.importId)).toMatchObject({ counts: { new: 0, unchanged: 3 } });
    expect(await standing(source)).toEqual(AS_A);
  });

  it('writes one line of the audit log for each batch, and each act of a person', async () => {
    const { source } = database;
    await importFile(source, A);
    const acts = await source.query(`select act, actor, detail from audit_act where act like 'imports.%' order by seq`);
    expect(acts.map(({ act }: { act: string }) => act)).toEqual(['imports.receive', 'imports.accept', 'imports.post']);
    expect(acts[2]).toMatchObject({
      actor: 'importer',
      detail: { file: 'may.csv', batch: 0, created: 3, reversed: 0 },
    });
  });

  it('keeps its tables from the application where nothing is to change', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      await importFile(database.source, A);
      for (const change of [
        'delete from import_entry',
        'update import_entry set row = 0',
        'delete from import_source',
      ]) {
        await expect(client.query(change)).rejects.toThrow(/permission denied/);
      }
    } finally {
      await client.end();
    }
  });
});
