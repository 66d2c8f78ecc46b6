import { findGoneEntries, findProposedRows, isOfEntries, PROPOSALS } from '../../libs/intake/import-rows.queries';
import type { ImportRecord } from '../../libs/intake/import-record';
import { reverseEntries } from '../../libs/ledger/reverse';
import { importFile, stageFile } from '../support/importing';
import { append, createSmallRegistry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

const tally = (day: string, quantity: number | string) => `RecruitmentRegistered,A,${day},${quantity},,,,`;
const step = (kind: string, day: string, outcome = '') => `${kind},A,${day},,D1,R1,${outcome},`;

/** How many rows or entries are listed under each of the counts. */
async function listed({ importId }: ImportRecord): Promise<Record<string, number>> {
  const { manager } = database.source;
  const lists: [string, number][] = [];
  for (const proposal of PROPOSALS) {
    const rows = isOfEntries(proposal)
      ? await findGoneEntries(manager, REGISTRY, importId, proposal, 0, 100)
      : await findProposedRows(manager, REGISTRY, importId, proposal, { sheet: 0, row: 0 }, 100);
    lists.push([proposal, rows.length]);
  }
  return Object.fromEntries(lists);
}

describe('each count of an import can be listed:', () => {
  it('rows that return after their entry was taken back, said in words too', async () => {
    const { source } = database;
    await importFile(source, [tally('2024-05-10', 12), tally('2024-05-11', 20)]);
    const [entry] = await source.query('select id from entry where quantity = 12');
    await reverseEntries(source, [{ id: crypto.randomUUID(), reverses: entry.id, justification: '误录' }], WRITER);
    const lines = [tally('2024-05-10', 12), tally('2024-05-11', 20), tally('2024-05-12', 1)];
    const staged = await stageFile(source, lines);
    expect(staged.counts).toMatchObject({ new: 2, returning: 1, unchanged: 1 });
    expect(await listed(staged)).toEqual(staged.counts);
    expect(staged.notices.map(({ sentence }) => sentence.zh)).toEqual(['有 1 行此前已冲销，将重新登记。']);
    const done = await importFile(source, lines);
    expect(done.counts).toMatchObject({ new: 2, returning: 1 });
    expect(await listed(done)).toEqual(done.counts);
  });

  it('entries that are left alone beside a bad row, also one that the ledger refuses', async () => {
    const { source } = database;
    await importFile(source, [tally('2024-05-10', 12), tally('2024-05-11', 20)]);
    const unread = await stageFile(source, [tally('2024-05-10', 'x'), tally('2024-05-11', 20)]);
    expect(unread.counts).toMatchObject({ held: 1, gone: 0, invalid: 1, unchanged: 1 });
    expect(await listed(unread)).toEqual(unread.counts);
    const unguarded = await stageFile(source, [step('ExamStarted', '2024-05-10'), tally('2024-05-11', 20)]);
    expect(unguarded.counts).toMatchObject({ held: 1, gone: 0, invalid: 1, unchanged: 1 });
    expect(await listed(unguarded)).toEqual(unguarded.counts);
    const [held] = await findGoneEntries(source.manager, REGISTRY, unguarded.importId, 'held', 0, 1);
    expect(held).toMatchObject({ before: { quantity: '12' }, problems: [{ code: 'entry_held' }] });
  });

  it('entries that others rest on, beside those that have gone', async () => {
    const { source } = database;
    await append(source, ...opening());
    const first = [step('ScreenRequested', '2024-05-01'), tally('2024-05-02', 3)];
    await importFile(source, first);
    await importFile(source, [step('ScreenAnswered', '2024-05-03', 'agreed')], { fileName: 'answers.csv' });
    const staged = await stageFile(source, [tally('2024-05-04', 1)]);
    expect(staged.counts).toMatchObject({ blocked: 1, held: 0 });
    expect(await listed(staged)).toEqual(staged.counts);
  });
});
