import { runImport } from '../../libs/intake/import-run';
import { acceptImport } from '../../libs/intake/imports';
import { reverseEntries } from '../../libs/ledger/reverse';
import { countEntries, IMPORTER, importFile, stageFile, standing } from '../support/importing';
import { createSmallRegistry, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

const tally = (day: string, quantity: number) => `RecruitmentRegistered,A,${day},${quantity},,,,`;
const A = [tally('2024-05-10', 12), tally('2024-05-11', 20)];
const B = [tally('2024-05-10', 15)];
const accept = (importId: string, answer = {}) => acceptImport(database.source, IMPORTER, importId, answer);
const run = (importId: string) => runImport(database.source, REGISTRY, importId);

describe('an amended file', () => {
  it('takes nothing back until somebody has said why, at upload or when accepting it', async () => {
    const { source } = database;
    await importFile(source, A);
    const { importId } = await stageFile(source, B);
    await expect(accept(importId)).rejects.toMatchObject({
      code: 'justification_missing',
      details: { field: 'reason' },
    });
    await expect(accept(importId, { reason: '  ' })).rejects.toMatchObject({ code: 'justification_missing' });
    expect(await countEntries(source)).toBe(2);
    await accept(importId, { reason: '五月报表更正' });
    await run(importId);
    const reasons = await source.query('select distinct justification from entry where reverses is not null');
    expect(reasons).toEqual([{ justification: '五月报表更正' }]);

    const again = await stageFile(source, A, { reason: '更正有误' });
    await accept(again.importId);
    expect(await run(again.importId)).toMatchObject({ state: 'done', counts: { changed: 1, new: 1 } });
  });

  it('that only adds needs no reason', async () => {
    await importFile(database.source, A);
    const { importId } = await stageFile(database.source, [...A, tally('2024-05-12', 1)]);
    await accept(importId);
    expect(await run(importId)).toMatchObject({ state: 'done', counts: { new: 1, unchanged: 2 } });
  });
});

describe('the very same file', () => {
  it('under another name is loudly said to be there, and goes in twice only on an explicit yes', async () => {
    const { source } = database;
    await importFile(source, A, { fileName: 'a.csv' });
    const { importId, notices } = await stageFile(source, A, { fileName: 'another.csv' });
    const sentence = { zh: expect.stringMatching(/已于 \d{4}-\d\d-\d\d 以“a”（.+）导入过；再次接受会重复登记/) };
    expect(notices).toEqual([
      expect.objectContaining({ code: 'file_imported_before', sentence: expect.objectContaining(sentence) }),
    ]);
    await expect(accept(importId)).rejects.toMatchObject({
      code: 'file_imported_before',
      details: { field: 'duplicate' },
    });
    expect(await countEntries(source)).toBe(2);
    await accept(importId, { duplicate: true });
    await run(importId);
    expect(await countEntries(source)).toBe(4);
  });

  it('is refused under another name also when both were waiting', async () => {
    const { source } = database;
    const second = await stageFile(source, A, { fileName: 'b.csv' });
    const first = await stageFile(source, A, { fileName: 'a.csv' });
    await accept(first.importId);
    await expect(accept(second.importId)).rejects.toMatchObject({ code: 'file_imported_before' });
  });

  it('accepted under two names at once goes in once', async () => {
    const { source } = database;
    for (const day of ['2024-05-10', '2024-05-11', '2024-05-12', '2024-05-13', '2024-05-14', '2024-05-15']) {
      const first = await stageFile(source, [tally(day, 12)], { fileName: 'a.csv', name: `a ${day}` });
      const second = await stageFile(source, [tally(day, 12)], { fileName: 'b.csv', name: `b ${day}` });
      const answers = await Promise.allSettled([accept(first.importId), accept(second.importId)]);
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = answers.find((one) => one.status === 'rejected');
      expect(refused).toMatchObject({ reason: { code: 'file_imported_before' } });
    }
  });

  it('of an office below is found too, and named', async () => {
    await importFile(database.source, A, { org: 'A' });
    const { notices } = await stageFile(database.source, A);
    expect(notices).toEqual([
      expect.objectContaining({ sentence: expect.objectContaining({ zh: expect.stringContaining('以“may”（') }) }),
    ]);
  });

  it('of an office out of reach is found without a word on whose it is', async () => {
    await importFile(database.source, A, { org: 'P', name: '省级来源' });
    const { importId, notices } = await stageFile(database.source, A, { org: 'A' });
    const sentence = expect.objectContaining({ zh: '另一机构已导入过同一份文件；再次接受会重复登记。' });
    expect(notices).toEqual([expect.objectContaining({ code: 'file_imported_before', sentence })]);
    await expect(accept(importId)).rejects.toMatchObject({
      code: 'file_imported_before',
      sentence: { zh: expect.stringMatching(/^另一机构已导入过同一份文件；/) },
    });
  });

  it('is nothing to speak of once all of it has been taken back', async () => {
    const { source } = database;
    await importFile(source, A);
    const entries: { id: string }[] = await source.query('select id from entry');
    const reversals = entries.map(({ id }) => ({ id: crypto.randomUUID(), reverses: id, justification: '误录' }));
    await reverseEntries(source, reversals, WRITER);
    const { importId, notices } = await stageFile(source, A, { fileName: 'other.csv' });
    expect(notices).toEqual([]);
    await accept(importId);
  });

  it.each(['may (1).csv', 'may(2).csv', 'may（1）.csv', 'may-问题.csv', 'may-问题 (1).csv'])(
    'that a browser saved as %s is of the same source',
    async (fileName) => {
      await importFile(database.source, A);
      expect(await stageFile(database.source, A, { fileName })).toMatchObject({
        name: 'may',
        counts: { new: 0, unchanged: 2 },
        notices: [],
      });
    },
  );
});

describe('an import that has stopped', () => {
  const close = (month: string) =>
    database.source.query('select close_month(1, $1::date, $2, null)', [month, 'tester']);

  it('is the one that goes on when its file comes again with the reason that was asked for', async () => {
    const { source } = database;
    const lines = [tally('2023-01-10', 4)];
    const { importId } = await stageFile(source, lines);
    await close('2023-01-01');
    await accept(importId);
    expect(await run(importId)).toMatchObject({ state: 'stopped' });

    expect(await stageFile(source, lines, { reason: '迟到的报表' })).toMatchObject({ importId, state: 'stopped' });
    const other = await stageFile(source, [tally('2023-02-10', 4)]);
    await expect(accept(other.importId)).rejects.toMatchObject({ code: 'source_stopped' });
    await accept(importId, { reason: '迟到的报表' });
    expect(await run(importId)).toMatchObject({ state: 'done', entriesPosted: 1 });
    expect(await standing(source)).toHaveLength(1);
  });
});
