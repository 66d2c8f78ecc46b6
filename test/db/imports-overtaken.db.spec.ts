import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runForsakenImports } from '../../libs/intake/import-forsaken';
import { readImport, runImport } from '../../libs/intake/import-run';
import { acceptImport } from '../../libs/intake/imports';
import { finishImport, lockImport } from '../../libs/intake/imports.queries';
import { reverseEntries } from '../../libs/ledger/reverse';
import { IMPORTER, importFile, stageFile, standing } from '../support/importing';
import { append, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { untilSomeoneWaits } from '../support/waits-for-lock';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

const tally = (day: string, quantity: number | string) => `RecruitmentRegistered,A,${day},${quantity},,,,`;

const step = (kind: string, day: string, donor: string, request = '', outcome = '') =>
  `${kind},A,${day},,${donor},${request},${outcome},`;

const WITH_REASON = { reason: '按更正后的文件' };

const A = [tally('2024-05-10', 12), tally('2024-05-11', 20), tally('2024-05-11', 20)];

/** The entry of a quantity, and what should have been logged instead. */
async function reverseByHand(quantity: number, instead?: number): Promise<void> {
  const { source } = database;
  const [{ id }] = await source.query('select id from entry where quantity = $1', [quantity]);
  const replacement = instead && entry({ quantity: `${instead}`, occurredOn: '2024-05-10' });
  const reversal = {
    id: crypto.randomUUID(),
    reverses: id,
    justification: '误录',
    ...(replacement && { replacement }),
  };
  await reverseEntries(source, [reversal], WRITER);
}

describe('a file', () => {
  it('takes nothing back when a row is refused only by what stands, for that row may be what is missing', async () => {
    const { source } = database;
    await append(source, ...opening());
    await importFile(source, [tally('2024-05-10', 12), tally('2024-05-11', 20)]);
    const unasked = step('ScreenAnswered', '2024-05-12', 'D1', 'R1', 'agreed');
    const staged = await stageFile(source, [tally('2024-05-10', 12), unasked]);
    expect(staged.counts).toMatchObject({ unchanged: 1, invalid: 1, gone: 0, held: 1 });
    await acceptImport(source, IMPORTER, staged.importId);
    expect(await runImport(source, REGISTRY, staged.importId)).toMatchObject({ state: 'done', entriesPosted: 0 });
  });

  it('that is accepted at the moment when another of its source ends is compared again', async () => {
    const { source } = database;
    const first = await stageFile(source, A);
    const second = await stageFile(source, A.slice(1));
    await acceptImport(source, IMPORTER, first.importId);
    const { accepting } = await source.transaction(async (manager) => {
      await finishImport(manager, first, 'done');
      const accepting = acceptImport(source, IMPORTER, second.importId).catch((error: unknown) => error);
      await untilSomeoneWaits(database.source);
      return { accepting };
    });
    expect(await accepting).toMatchObject({ code: 'proposal_outdated' });
  });

  it('that corrects what somebody has reversed since it was compared is compared again', async () => {
    const { source } = database;
    await importFile(source, A);
    const staged = await stageFile(source, [tally('2024-05-10', 13), ...A.slice(1)]);
    await reverseByHand(12);
    await expect(acceptImport(source, IMPORTER, staged.importId)).rejects.toMatchObject({ code: 'proposal_outdated' });
    expect(await readImport(source, REGISTRY, staged.importId)).toMatchObject({ counts: { new: 1, changed: 0 } });
  });

  it('counts no correction twice that somebody has made by hand since it was accepted, and says that it was refused', async () => {
    const { source } = database;
    await importFile(source, A);
    const staged = await stageFile(source, [tally('2024-05-10', 13), ...A.slice(1), tally('2024-06-01', 7)]);
    await acceptImport(source, IMPORTER, staged.importId, WITH_REASON);
    await reverseByHand(12, 13);
    const done = await runImport(source, REGISTRY, staged.importId);
    expect(done).toMatchObject({ state: 'done', counts: { new: 1, changed: 0, unchanged: 2, invalid: 1 } });
    expect(await standing(source)).toEqual([
      'RecruitmentRegistered A 2024-05-10 13',
      'RecruitmentRegistered A 2024-05-11 20',
      'RecruitmentRegistered A 2024-05-11 20',
      'RecruitmentRegistered A 2024-06-01 7',
    ]);
    const [row] = await source.query('select row, breach from import_row where breach is not null');
    expect(row).toMatchObject({ row: 2, breach: [{ code: 'already_reversed' }] });
  });
});

describe('a correction that rests on a new row below it', () => {
  const request = step('ScreenRequested', '2024-05-11', 'D1', 'R1');
  const other = step('ScreenRequested', '2024-05-11', 'D3', 'R3');
  const corrected = [
    request,
    step('ScreenAnswered', '2024-05-09', 'D1', 'R1', 'agreed'),
    step('ScreenRequested', '2024-05-08', 'D1', 'R1'),
  ];
  const AS_CORRECTED = [
    'ScreenAnswered A 2024-05-09 1 D1 R1 agreed',
    'ScreenRequested A 2024-05-08 1 D1 R1',
    'ScreenRequested A 2024-05-11 1 D1 R1',
  ];

  it('goes in with it', async () => {
    const { source } = database;
    await append(source, ...opening());
    await importFile(source, [request, step('ScreenAnswered', '2024-05-12', 'D1', 'R1', 'agreed')]);
    expect(await importFile(source, corrected)).toMatchObject({
      state: 'done',
      counts: { changed: 1, new: 1, invalid: 0 },
    });
    expect((await standing(source)).filter((one) => one.startsWith('Screen'))).toEqual(AS_CORRECTED);
  });

  it('goes in after it where the batch is posted row by row', async () => {
    const { source } = database;
    await append(source, ...opening());
    await importFile(source, [request, step('ScreenAnswered', '2024-05-12', 'D1', 'R1', 'agreed'), other]);
    const staged = await stageFile(source, corrected);
    expect(staged.counts).toMatchObject({ changed: 1, new: 1, gone: 1 });
    await acceptImport(source, IMPORTER, staged.importId, WITH_REASON);
    await importFile(source, [step('ScreenAnswered', '2024-05-12', 'D3', 'R3', 'agreed')], { name: 'answers' });
    const done = await runImport(source, REGISTRY, staged.importId);
    expect(done).toMatchObject({ state: 'done', counts: { changed: 1, new: 1, gone: 0, blocked: 1, invalid: 0 } });
    expect(await standing(source)).toEqual(expect.arrayContaining(AS_CORRECTED));
  });
});

describe('an import whose proposal asks something', () => {
  it('takes rows of closed months in with a reason that comes with its acceptance, once they have been seen', async () => {
    const { source } = database;
    await source.query('select close_month(1, $1::date, $2, null)', ['2023-01-01', 'tester']);
    const { importId } = await stageFile(source, [tally('2023-01-10', 4), tally('2023-02-10', 5)]);
    const reason = { reason: '迟到的报表' };
    await expect(acceptImport(source, IMPORTER, importId, reason)).rejects.toMatchObject({ code: 'proposal_outdated' });
    expect(await readImport(source, REGISTRY, importId)).toMatchObject({ counts: { new: 2, invalid: 0 } });
    await acceptImport(source, IMPORTER, importId, reason);
    expect(await runImport(source, REGISTRY, importId)).toMatchObject({ state: 'done', entriesPosted: 2 });
  });

  it('lets donors of before the ledger be asked also far above the row of the opening stock', async () => {
    const { source } = database;
    const asked = Array.from({ length: 5_100 }, (_, at) => step('ScreenRequested', '2024-05-11', `D${at}`, `R${at}`));
    const staged = await stageFile(source, [...asked, 'OpeningStock,A,2023-01-01,196937,,,,']);
    expect(staged).toMatchObject({ batches: 2, counts: { new: 5_101, invalid: 0 } });
  });
});

describe('what nobody is working on', () => {
  it('goes on although an import before it fails', async () => {
    const { source } = database;
    const [first, second] = [await stageFile(source, A), await stageFile(source, A, { name: 'june' })];
    for (const { importId } of [first, second]) await acceptImport(source, IMPORTER, importId, { duplicate: true });
    await source.query(`update import set progressed_at = now() - interval '1 hour'`);
    await source.query(`update import set entries_posted = 9223372036854775807 where import_id = $1`, [first.importId]);
    await expect(runForsakenImports(source)).rejects.toThrow('out of range');
    expect(await readImport(source, REGISTRY, second.importId)).toMatchObject({ state: 'done', entriesPosted: 3 });
  });
});

describe('a batch whose proposal does not hold any more', () => {
  it('is posted row by row, in the name of its importer, and what could not be done is counted', async () => {
    const { source } = database;
    await append(source, ...opening());
    const asked = ['D1', 'D2', 'D3'].map((donor, at) => step('ScreenRequested', '2024-05-11', donor, `R${at + 1}`));
    await importFile(source, asked);
    const staged = await stageFile(source, asked.slice(2));
    expect(staged.counts).toMatchObject({ gone: 2, blocked: 0 });
    await acceptImport(source, IMPORTER, staged.importId, WITH_REASON);
    await importFile(source, [step('ScreenAnswered', '2024-05-12', 'D1', 'R1', 'agreed')], { name: 'answers' });
    const done = await runImport(source, REGISTRY, staged.importId);
    expect(done).toMatchObject({ state: 'done', entriesPosted: 1, counts: { gone: 1, blocked: 1 } });
    const writers = await source.query(
      `select distinct w.recorded_by as by, w.source from entry e join ledger_write w using (registry_id, position)
        where e.reverses is not null`,
    );
    expect(writers).toEqual([{ by: 'importer', source: 'import' }]);
  });
});

describe('an import', () => {
  it.each([
    ['asks about a column', 'mapping', '甲,乙\n1,2\n'],
    ['cannot be read', 'refused', 'PK\u0003\u0004 no workbook'],
  ])('that is cancelled while a process finds that it %s stays cancelled', async (_, state, content) => {
    const { source } = database;
    const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-cancelled-'));
    try {
      const path = join(folder, 'file');
      await writeFile(path, content);
      const { importId, ...found } = await stageFile(source, [], { path });
      expect(found.state).toBe(state);
      await source.query(`update import set state = 'received'`);
      const running = await source.transaction(async (manager) => {
        await lockImport(manager, REGISTRY, importId);
        const run = runImport(source, REGISTRY, importId);
        await untilSomeoneWaits(database.source);
        await manager.query(`update import set state = 'cancelled'`);
        return { run };
      });
      expect(await running.run).toMatchObject({ state: 'cancelled' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('that is refused is over from then on', async () => {
    const refused = await stageFile(database.source, [tally('2024-05-32', 1)], { mode: 'all_or_nothing' });
    expect(refused).toMatchObject({ state: 'refused', finishedAt: expect.any(Date) });
  });

  it('of a file whose name holds a mobile number is not begun', async () => {
    const { source } = database;
    await expect(stageFile(source, A, { fileName: '回访 13812345678.csv' })).rejects.toMatchObject({
      code: 'personal_number',
    });
    expect(await source.query('select from import_source')).toEqual([]);
  });
});
