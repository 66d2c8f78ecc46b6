import { randomUUID } from 'node:crypto';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { HttpApplication } from '../support/http-application';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { bearer } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const first = entry({ org: 'A', occurredOn: '2023-01-10', quantity: '4' });

let database: TestDatabase;
let application: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(source, first);
  await recompute(source, REGISTRY);
  await closeAndRecompute(source, REGISTRY, '2023-01', 'tester', '按时');
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
});

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

const preview = (body: unknown, shown?: Record<string, string>) =>
  application.post('/api/entries/preview', body, shown);

describe('a look at what saving would do', () => {
  it('takes one entry, and tells its month and what moves', async () => {
    const late = entry({ org: 'A', occurredOn: '2023-01-31', quantity: '3', justification: '乡镇表迟到' });
    const { status, body } = await preview(late);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      results: [{ row: 0, id: late.id, status: 'created' }],
      entries: [{ id: late.id, postedMonth: '2023-02', belongsTo: '2023-01', adjustment: true }],
      figures: { exact: true },
    });
    expect(body.figures.metrics).toContainEqual({
      ...{ org: 'P', key: 'registry.recruited', period: '2023', before: '4', after: '7', difference: '3' },
    });
    expect((await application.get(`/api/entries/${late.id}`)).status).toBe(404);
  });

  it('takes entries and reversals together', async () => {
    const justification = '登记有误';
    const replacement = entry({ org: 'A', occurredOn: '2023-01-10', quantity: '6', justification });
    const reversals = { justification, entries: [{ id: randomUUID(), reverses: first.id, replacement }] };
    const { status, body } = await preview({ entries: [entry({ org: 'B', occurredOn: '2023-02-01' })], reversals });
    expect({ status, entries: body.entries.length, results: body.results.length }).toEqual({
      ...{ status: 200, entries: 3, results: 1 },
    });
    expect(body.figures.metrics).toContainEqual({
      ...{ org: 'P', key: 'registry.recruited', period: '2023', before: '4', after: '7', difference: '3' },
    });
  });

  it('refuses what saving refuses, with the same words', async () => {
    for (const wrong of [
      entry({ occurredOn: '2023-01-31' }),
      entry({ occurredOn: '2023-02-31' }),
      entry({ org: 'X' }),
      { ...entry(), colour: 'red' },
    ]) {
      const [shown, saved] = [await preview(wrong), await application.post('/api/entries', wrong)];
      expect(shown).toMatchObject({ status: saved.status, body: saved.body });
      expect(shown.status).toBe(422);
    }
    const many = [entry({ occurredOn: '2023-01-31' }), entry({ occurredOn: '2023-02-02' })];
    expect((await preview({ entries: many })).body).toMatchObject({
      results: [{ status: 'refused', problem: { code: 'month_closed' } }, { status: 'created' }],
      entries: [{ id: many[1]?.id }],
    });
    const unknown = { justification: '有误', entries: [{ id: randomUUID(), reverses: randomUUID() }] };
    expect(await preview({ reversals: unknown })).toMatchObject({ status: 404, body: { code: 'entry_unknown' } });
  });

  it('is of 1 to 100, and of no more fields than there are', async () => {
    for (const body of [
      { entries: [] },
      { entries: 'x' },
      { reversals: { justification: '有误', entries: [] } },
      { entries: Array.from({ length: 101 }, () => entry()) },
    ]) {
      expect(await preview(body)).toMatchObject({ status: 422, body: { code: 'field_not_readable' } });
    }
    expect((await preview({ entries: [entry()], atomic: true })).body.code).toBe('field_unknown');
    expect((await preview([])).status).toBeGreaterThanOrEqual(400);
  });

  it('tells a city of itself alone', async () => {
    const clerk = await bearer(database.source, 'clerk', { org: 'B' });
    const own = await preview(entry({ org: 'B', occurredOn: '2023-02-02' }), clerk);
    expect(new Set(own.body.figures.metrics.map(({ org }: { org: string }) => org))).toEqual(new Set(['B']));
    const foreign = await preview(entry({ org: 'A', occurredOn: '2023-02-02' }), clerk);
    expect(foreign.body.code).toBe('org_out_of_reach');
    const reversals = { justification: '有误', entries: [{ id: randomUUID(), reverses: first.id }] };
    expect((await preview({ reversals }, clerk)).body.code).toBe('entry_unknown');
  });

  it('leaves nothing', async () => {
    const [{ entries, acts }] = await database.source.query(
      `select (select count(*)::int from entry) as entries,
        (select count(*)::int from audit_act where act like 'entries.%' and result = 'done') as acts`,
    );
    expect({ entries, acts }).toEqual({ entries: 1, acts: 0 });
  });
});
