import { reverseEntries } from '../../libs/ledger/reverse';
import { importFile, stageFile, standing } from '../support/importing';
import { createSmallRegistry, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

const tally = (day: string, quantity: number | string) => `RecruitmentRegistered,A,${day},${quantity},,,,`;

const A = [tally('2024-05-10', 12), tally('2024-05-11', 20), tally('2024-05-11', 20)];
const AS_A = [
  'RecruitmentRegistered A 2024-05-10 12',
  'RecruitmentRegistered A 2024-05-11 20',
  'RecruitmentRegistered A 2024-05-11 20',
];

describe('a file', () => {
  it('that comes again changes nothing', async () => {
    const { source } = database;
    await importFile(source, A);
    expect(await stageFile(source, A)).toMatchObject({ counts: { new: 0, unchanged: 3, changed: 0, gone: 0 } });
    expect(await importFile(source, A)).toMatchObject({ state: 'done', entriesPosted: 0 });
    expect(await standing(source)).toEqual(AS_A);
  });

  it('that was amended changes exactly what differs: what is corrected, what is new, what has gone', async () => {
    const { source } = database;
    await importFile(source, A);
    const amended = [tally('2024-05-10', 15), tally('2024-05-11', 20), tally('2024-06-01', 7)];
    expect(await stageFile(source, amended)).toMatchObject({
      counts: { new: 1, unchanged: 1, changed: 1, gone: 1, invalid: 0 },
    });
    const done = await importFile(source, amended);
    expect(done).toMatchObject({ state: 'done', entriesPosted: 4 });
    expect(await standing(source)).toEqual([
      'RecruitmentRegistered A 2024-05-10 15',
      'RecruitmentRegistered A 2024-05-11 20',
      'RecruitmentRegistered A 2024-06-01 7',
    ]);
  });

  it('A, then B, then A again ends as A, however often', async () => {
    const { source } = database;
    const B = [tally('2024-05-10', 13), tally('2024-05-11', 20)];
    for (let time = 0; time < 3; time += 1) {
      await importFile(source, A);
      expect(await standing(source)).toEqual(AS_A);
      await importFile(source, B);
      expect(await standing(source)).toEqual([
        'RecruitmentRegistered A 2024-05-10 13',
        'RecruitmentRegistered A 2024-05-11 20',
      ]);
    }
  });

  it('proposes a row again whose entry somebody has reversed by hand', async () => {
    const { source } = database;
    await importFile(source, A);
    const [entry] = await source.query('select id from entry where quantity = 12');
    const reversal = { id: crypto.randomUUID(), reverses: entry.id, justification: '误录' };
    await reverseEntries(source, [reversal], WRITER);
    expect(await stageFile(source, A)).toMatchObject({ counts: { new: 1, unchanged: 2, gone: 0, returning: 1 } });
    await importFile(source, A);
    expect(await standing(source)).toEqual(AS_A);
  });

  it('takes nothing back while one of its rows is invalid, for it may be that one', async () => {
    const { source } = database;
    await importFile(source, A);
    const typo = [tally('2024-05-10', '1O'), tally('2024-05-11', 20), tally('2024-05-11', 20)];
    expect(await stageFile(source, typo)).toMatchObject({ counts: { invalid: 1, gone: 0, held: 1, unchanged: 2 } });
    await importFile(source, typo);
    expect(await standing(source)).toEqual(AS_A);
  });

  it('of another name is another source', async () => {
    const { source } = database;
    await importFile(source, A);
    await importFile(source, A, { name: 'june', duplicate: true });
    expect(await standing(source)).toHaveLength(6);
  });
});
