import { randomUUID } from 'node:crypto';
import type { QueueStore } from '../../libs/jobs/queue-store';
import { HttpApplication } from '../support/http-application';
import { describeWithRedis } from '../support/needs';
import { startRedis, type TestRedis } from '../support/redis';
import { append, caseEntries, createSmallRegistry, entry, opening } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const RATE = '/api/indicators/values?period=2024&org=A&keys=rate.screen_agree';

/** The rate of city A in 2024 as `agreed/asked`, once it is so. */
async function rateBecomes(application: HttpApplication, agreed: string, asked: string): Promise<void> {
  const holds = ({ body }: { body: { values: { numerator: string; denominator: string }[] } }): boolean =>
    body.values[0]?.numerator === agreed && body.values[0]?.denominator === asked;
  const { body } = await application.until(RATE, holds);
  expect(body.values).toMatchObject([{ org: 'A', period: '2024', numerator: agreed, denominator: asked }]);
}

async function entriesInLedger({ source }: TestDatabase): Promise<number> {
  const [{ count }] = await source.query('select count(*)::int as count from entry');
  return count;
}

/** What must hold whatever keeps the queue. */
function followsTheLedger(storeOf: (database: TestDatabase) => QueueStore): void {
  let database: TestDatabase;
  let application: HttpApplication;
  const agreedBefore = caseEntries('2024-03-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
  const [asked, agreed] = caseEntries('2024-03-04', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
  const [askedWrongly] = caseEntries('2024-03-05', [['ScreenRequested']]);

  beforeAll(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    await append(database.source, ...opening());
    application = await HttpApplication.start(storeOf(database));
    await application.post('/api/entries', { entries: [...agreedBefore, asked, askedWrongly] });
    await rateBecomes(application, '1', '3');
  }, 60_000);

  afterAll(async () => {
    await application?.close();
    await database?.drop();
  });

  it('one more entry, and the indicator follows', async () => {
    const answer = await application.post('/api/entries', agreed);
    expect(answer).toMatchObject({
      status: 201,
      body: { id: agreed?.id, status: 'created', entry: { kind: 'ScreenAnswered', postedMonth: '2024-03' } },
    });
    const begun = Date.now();
    await rateBecomes(application, '2', '3');
    // What is promised; the bench measures how fast it is.
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect((await application.get(RATE)).body.values[0]).toMatchObject({ value: '66.67', unit: '%', state: 'value' });
  });

  it('a repeated request changes nothing', async () => {
    const before = await entriesInLedger(database);
    expect(await application.post('/api/entries', agreed)).toMatchObject({
      status: 200,
      body: { id: agreed?.id, status: 'unchanged', entry: { outcome: 'agreed' } },
    });
    expect(await entriesInLedger(database)).toBe(before);
  });

  it('the same id with other content is refused with the difference', async () => {
    const before = await entriesInLedger(database);
    const answer = await application.post('/api/entries', { ...agreed, occurredOn: '2024-03-06', note: '电话' });
    expect(answer).toMatchObject({
      status: 409,
      type: expect.stringMatching(/^application\/problem\+json/),
      body: {
        code: 'entry_differs',
        difference: [
          { field: 'occurredOn', stored: '2024-03-05', sent: '2024-03-06' },
          { field: 'note', stored: null, sent: '电话' },
        ],
      },
    });
    expect(answer.body.detail).toMatch(/冲销/);
    expect(await entriesInLedger(database)).toBe(before);
  });

  it('an entry on which another rests is not reversed, and the sentence says which', async () => {
    const answer = await application.post(`/api/entries/${asked?.id}/reversal`, {
      id: randomUUID(),
      justification: '登记有误',
    });
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'entry_rested_on',
        dependent: agreed?.id,
        detail: '2024-03-05 的“初筛答复”以这条“初筛”为前提，请先冲销它，或一并冲销。',
      },
    });
  });

  it('its reversal, and it is back; the reversal repeated changes nothing', async () => {
    const reversal = { id: randomUUID(), justification: '登记有误' };
    const path = `/api/entries/${agreed?.id}/reversal`;
    expect(await application.post(path, reversal)).toMatchObject({
      status: 201,
      body: {
        status: 'created',
        reversal: { id: reversal.id, reverses: agreed?.id, quantity: '-1', justification: '登记有误' },
        replacement: null,
      },
    });
    await rateBecomes(application, '1', '3');
    expect((await application.get(`/api/entries/${agreed?.id}`)).body).toMatchObject({ reversedBy: reversal.id });

    const before = await entriesInLedger(database);
    expect(await application.post(path, reversal)).toMatchObject({ status: 200, body: { status: 'unchanged' } });
    expect(await entriesInLedger(database)).toBe(before);
    expect(await application.post(path, { ...reversal, justification: '别的理由' })).toMatchObject({
      status: 409,
      body: { code: 'entry_differs', difference: [{ field: 'justification' }] },
    });
  });

  it('neither a second reversal nor the reversal of a reversal is taken', async () => {
    const again = { id: randomUUID(), justification: '再来一次' };
    const second = await application.post(`/api/entries/${agreed?.id}/reversal`, again);
    expect(second).toMatchObject({ status: 409, body: { code: 'already_reversed', detail: '这一条已经冲销过。' } });
    const { reversedBy } = second.body;
    expect(await application.post(`/api/entries/${reversedBy}/reversal`, again)).toMatchObject({
      status: 422,
      body: { code: 'reversal_of_a_reversal' },
    });
  });

  it('a repeat of the reversed entry is still recognised, and does not bring it back', async () => {
    expect(await application.post('/api/entries', agreed)).toMatchObject({
      status: 200,
      body: { status: 'unchanged', entry: { reversedBy: expect.any(String) } },
    });
    await rateBecomes(application, '1', '3');
  });

  it('a reversal with its replacement is one act', async () => {
    const replacement = { ...askedWrongly, id: randomUUID(), occurredOn: '2024-03-07' };
    const path = `/api/entries/${askedWrongly?.id}/reversal`;
    const refused = await application.post(path, {
      id: randomUUID(),
      justification: '日期有误',
      replacement: { ...replacement, occurredOn: '2024-02-30' },
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'date_not_readable', field: 'occurredOn' } });
    expect((await application.get(`/api/entries/${askedWrongly?.id}`)).body.reversedBy).toBeNull();

    const act = { id: randomUUID(), justification: '日期有误', replacement };
    expect(await application.post(path, act)).toMatchObject({
      status: 201,
      body: { reversal: { reverses: askedWrongly?.id }, replacement: { id: replacement.id, occurredOn: '2024-03-07' } },
    });
    expect(await application.post(path, act)).toMatchObject({ status: 200, body: { status: 'unchanged' } });
    await rateBecomes(application, '1', '3');
  });

  it('entries of a call that nobody waits for are seen too: the figure ends with the last of many writers', async () => {
    const writers = Array.from({ length: 20 }, (_, index) =>
      application.post('/api/entries', entry({ id: randomUUID(), quantity: String(index + 1) })),
    );
    expect((await Promise.all(writers)).map(({ status }) => status)).toEqual(Array(20).fill(201));
    const path = '/api/metrics/values?period=2024-05&org=A&keys=registry.recruited';
    const { body } = await application.until(path, (answer) => answer.body.values[0].value === '210');
    expect(body.values[0]).toMatchObject({ value: '210', state: 'value' });
  });
}

describe('with the queue on PostgreSQL', () => {
  followsTheLedger(({ url }) => ({ databaseUrl: url }));
});

describeWithRedis('with the queue on Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startRedis();
  });

  followsTheLedger(({ url }) => ({ databaseUrl: url, redisUrl: redis.url }));

  // After the application that it serves.
  afterAll(() => redis?.stop());
});
