import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { readEntriesBehind, type EntriesBehind, type ListQuestion } from '../../libs/indicators/entries-behind';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { untilSomeoneWaits } from '../support/waits-for-lock';

let database: TestDatabase;
let owner: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening());
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

async function list(question: Partial<ListQuestion> = {}): Promise<EntriesBehind> {
  const asked = { registryId: REGISTRY, key: 'registry.recruited', period: '2024-05', ...question };
  return readEntriesBehind(database.source, asked);
}

function contacted(donorCode: string, occurredOn: string, outcome = 'reached') {
  return entry({ kind: 'RetentionContacted', donorCode, occurredOn, outcome });
}

describe('a figure and its list', () => {
  it('agree while marks wait, and no worker comes', async () => {
    const first = entry({ quantity: '5' });
    await append(database.source, first);
    await recompute(database.source, REGISTRY);
    await append(database.source, entry({ quantity: '7' }));
    await reverseEntries(database.source, [{ id: randomUUID(), reverses: first.id, justification: '重复' }], WRITER);

    expect(await list()).toMatchObject({ figure: { value: '5' }, total: { entries: 1, sum: '5' } });
    expect((await list()).entries.map(({ id }) => id)).toEqual([first.id]);

    await recompute(database.source, REGISTRY);
    expect(await list()).toMatchObject({ figure: { value: '7' }, total: { entries: 1, sum: '7' } });
  });

  it('agree about the past also where no worker has counted it yet', async () => {
    const early = { kind: 'OpeningStock', org: 'B', occurredOn: '2023-01-01' };
    await append(database.source, entry({ ...early, quantity: '900' }));
    const attributes = { year: '2015', metric: 'workup.exam_started' };
    await append(database.source, entry({ ...early, kind: 'OpeningYearTotal', quantity: '77', attributes }));
    const [{ position: asOf }] = await database.source.query('select position from registry_head');
    const past = (question: Partial<ListQuestion>) =>
      readEntriesBehind(database.source, { registryId: REGISTRY, key: '', period: '', org: 'B', ...question, asOf });

    const stock = await past({ key: 'registry.stock_eop', period: '2024-05' });
    expect([stock.waiting > 0, stock.figure.value, stock.total]).toEqual([true, '900', { entries: 1, sum: '900' }]);
    const year = await past({ key: 'workup.exam_started', period: '2015' });
    expect([year.figure.value, year.total]).toEqual(['77', { entries: 1, sum: '77' }]);
    await recompute(database.source, REGISTRY);
  });

  it('agree about an entry that is committed while a worker takes its marks', async () => {
    await append(database.source, entry({ org: 'A', occurredOn: '2024-06-01', quantity: '2' }));
    await owner.query('begin');
    // Whoever asks for the ledger's position waits.
    await owner.query('lock table registry_head in access exclusive mode');
    await owner.query(
      `insert into entry (registry_id, id, kind, org, occurred_on, quantity)
        values (1, $1, 'RecruitmentRegistered', 'B', '2024-06-02', 40), (1, $2, 'RecruitmentRegistered', 'A', '2024-06-02', 3)`,
      [randomUUID(), randomUUID()],
    );
    const worker = recompute(database.source, REGISTRY);
    await untilSomeoneWaits(database.source);
    await owner.query('commit');
    await worker;

    for (const org of ['P', 'A', 'B']) {
      const { figure, total } = await list({ org, period: '2024-06' });
      expect([org, total?.sum]).toEqual([org, figure.value]);
    }
    const waiting: { quantity: string }[] = await database.source.query(
      `select e.quantity from entry e join recompute_mark m using (registry_id, position, org, posted_month, kind)
        where e.position <= (select position from recompute_head where registry_id = 1)`,
    );
    expect(waiting).toEqual([]);
  });

  it('tell the total with the first page only', async () => {
    await append(database.source, ...Array.from({ length: 3 }, () => entry({ occurredOn: '2024-07-01' })));
    await recompute(database.source, REGISTRY);

    const first = await list({ period: '2024-07', limit: 2 });
    expect(first).toMatchObject({ total: { entries: 3, sum: '3' }, next: expect.any(String) });
    const second = await list({ period: '2024-07', limit: 2, after: first.next ?? '' });
    expect(second).toMatchObject({ total: null, next: null, entries: [expect.anything()] });
  });

  it.each([
    `2024-13-45_${randomUUID()}`,
    `0000-01-01_${randomUUID()}`,
    `2024-05-10_${'-'.repeat(36)}`,
    `2024-05-10_${randomUUID()}_`,
    '2024-05-10',
  ])('do not begin after %s', async (after) => {
    await expect(list({ after })).rejects.toMatchObject({ code: 'cursor_not_readable' });
  });
});

describe('of a figure that counts donors', () => {
  const question = { key: 'retention.revisited', org: 'A' };

  it('the list shows a lone reversal, which counts for nobody, and no struck pair (R9)', async () => {
    const early = contacted('V1', '2023-01-20');
    const struck = contacted('V2', '2023-02-03');
    await append(database.source, early, struck, contacted('V3', '2023-02-04'), contacted('V3', '2023-02-05'));
    await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester');
    const lone = { id: randomUUID(), reverses: early.id, justification: '登记有误' };
    await reverseEntries(
      database.source,
      [lone, { id: randomUUID(), reverses: struck.id, justification: '登记有误' }],
      WRITER,
    );
    await recompute(database.source, REGISTRY);

    const { figure, total, entries } = await list({ ...question, period: '2023-02' });
    expect([figure.value, total]).toEqual(['1', { entries: 3, sum: '1' }]);
    expect(entries.map(({ donorCode, contribution }) => [donorCode, contribution])).toEqual([
      ['V1', '0'],
      ['V3', '1'],
      ['V3', '1'],
    ]);
    expect(await list({ ...question, period: '2023' })).toMatchObject({
      figure: { value: '1' },
      total: { entries: 2 },
    });
  });

  it('an entry of nobody counts nowhere, however it came in', async () => {
    await owner.query(
      `insert into entry (registry_id, id, kind, org, occurred_on, outcome)
        values (1, $1, 'RetentionContacted', 'A', '2024-08-02', 'reached')`,
      [randomUUID()],
    );
    await append(database.source, contacted('V4', '2024-08-03'));
    await recompute(database.source, REGISTRY);

    const { figure, total, entries } = await list({ ...question, period: '2024-08' });
    expect([figure.value, total?.sum]).toEqual(['1', '1']);
    expect(entries.map(({ contribution }) => contribution)).toEqual(['0', '1']);
    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0 });
  });
});
