import { randomUUID } from 'node:crypto';
import { searchEntries } from '../../libs/ledger/find-entries';
import type { EntrySearch } from '../../libs/ledger/find-entries.queries';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('looking for entries', () => {
  let database: TestDatabase;
  const [asked, answered] = caseEntries('2024-03-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
  const tallies = ['2024-05-10', '2024-05-11', '2024-06-01'].map((occurredOn) => entry({ occurredOn, quantity: '3' }));
  const elsewhere = entry({ org: 'B', occurredOn: '2024-05-12', note: '乙市的活动' });

  beforeAll(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    if (!asked || !answered) throw new Error('two entries were made');
    await append(database.source, ...opening(), asked, answered, ...tallies, elsewhere);
  }, 60_000);

  afterAll(() => database.drop());

  const search = async (by: EntrySearch, org = 'P') =>
    (await searchEntries(database.source, { registryId: REGISTRY, org }, by)).entries;
  const days = async (by: EntrySearch, org?: string) => (await search(by, org)).map(({ occurredOn }) => occurredOn);

  it('by kind, days, month and subject, the latest first', async () => {
    const kind = 'RecruitmentRegistered';
    expect(await days({ kind })).toEqual(['2024-06-01', '2024-05-12', '2024-05-11', '2024-05-10']);
    expect(await days({ kind, from: '2024-05-11', to: '2024-05-12' })).toEqual(['2024-05-12', '2024-05-11']);
    expect(await days({ postedMonth: '2024-06' })).toEqual(['2024-06-01']);
    expect(await days({ caseCode: asked?.caseCode ?? '' })).toEqual(['2024-03-02', '2024-03-01']);
    expect(await days({ donorCode: asked?.donorCode ?? '', outcome: 'agreed' })).toEqual(['2024-03-02']);
    expect(await days({ recordedBy: 'nobody' })).toEqual([]);
    expect(await days({ recordedBy: WRITER.actor, source: 'api', kind })).toHaveLength(4);
  });

  it('in the subtree only, with everything that is shown of an entry', async () => {
    expect(await days({ kind: 'RecruitmentRegistered' }, 'A')).toHaveLength(3);
    expect(await search({ kind: 'RecruitmentRegistered' }, 'B')).toMatchObject([
      { id: elsewhere.id, org: 'B', quantity: '1', note: '乙市的活动', postedMonth: '2024-05', recordedBy: 'tester' },
    ]);
  });

  it('page by page, and none is lost or shown twice', async () => {
    const scope = { registryId: REGISTRY, org: 'P' };
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await searchEntries(database.source, scope, {}, { limit: 3, after });
      seen.push(...page.entries.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toHaveLength(8);
    expect(new Set(seen).size).toBe(8);
  });

  it('only what stands, where that is asked', async () => {
    const [taken] = tallies;
    if (!taken) throw new Error('a tally was made');
    const reversal = { id: randomUUID(), reverses: taken.id, justification: '重复登记' };
    await reverseEntries(database.source, [reversal], WRITER);
    expect(await days({ from: taken.occurredOn, to: taken.occurredOn })).toHaveLength(2);
    expect(await days({ from: taken.occurredOn, to: taken.occurredOn, standing: true })).toEqual([]);
    expect(await search({ to: taken.occurredOn, from: taken.occurredOn })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: taken.id, reversedBy: reversal.id }),
        expect.objectContaining({ id: reversal.id, reverses: taken.id, quantity: '-3', justification: '重复登记' }),
      ]),
    );
  });

  it('a page mark of another making is refused', async () => {
    const scope = { registryId: REGISTRY, org: 'P' };
    await expect(searchEntries(database.source, scope, {}, { after: 'second' })).rejects.toMatchObject({
      code: 'cursor_not_readable',
    });
  });
});
