import { randomUUID } from 'node:crypto';
import { prepareCalls, writeCalls } from '../../libs/ledger/append';
import { HttpApplication } from '../support/http-application';
import { bearer } from '../support/signed-in';
import { createSmallRegistry, entry, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let application: HttpApplication;
let administrator: { authorization: string };

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  administrator = await bearer(database.source, 'administrator');
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

function send(method: 'POST' | 'PATCH', path: string, body: object, headers = administrator) {
  return application.ask(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const STATION = { code: '430102', parent: 'A', level: 'station', nameZh: '甲市血站' };

describe('an org', () => {
  it('is added below another, may be logged for at once, and the audit log knows who added it', async () => {
    expect(await send('POST', '/api/orgs', STATION)).toMatchObject({
      status: 201,
      body: { org: '430102', level: 'station', nameEn: '甲市血站', closedOn: null },
    });
    const listed = (await application.get('/api/orgs')).body;
    expect(listed).toContainEqual(expect.objectContaining({ org: '430102', parent: 'A' }));
    const logged = await application.post('/api/entries', entry({ org: '430102', occurredOn: '2024-05-10' }));
    expect(logged.status).toBe(201);
    const acts = await database.source.query(`select act, thing, result from audit_act where act = 'org.add'`);
    expect(acts).toEqual([{ act: 'org.add', thing: '430102', result: 'done' }]);
  });

  it.each([
    ['a code that is taken', { code: 'A1' }, 'org_code_taken', 'code'],
    ['a code in small letters', { code: 'ab' }, 'field_not_readable', 'code'],
    ['a parent that is not there', { code: 'X1', parent: 'ZZ' }, 'org_unknown', 'org'],
    ['a parent that is a number', { code: 'X1', parent: 430100 }, 'field_not_readable', 'parent'],
    ['a level that is none', { code: 'X1', level: 'registry' }, 'field_not_readable', 'level'],
    ['no name', { code: 'X1', nameZh: ' ' }, 'field_not_readable', 'nameZh'],
  ])('is refused for %s', async (_, change, code, field) => {
    expect(await send('POST', '/api/orgs', { ...STATION, ...change })).toMatchObject({
      status: 422,
      body: { code, field },
    });
  });

  it('is renamed, closed after its last entry, and opened again', async () => {
    expect((await send('PATCH', '/api/orgs/B', { nameZh: '乙新市' })).body).toMatchObject({ nameZh: '乙新市' });
    await application.post('/api/entries', entry({ org: 'B', occurredOn: '2024-06-10' }));
    expect(await send('PATCH', '/api/orgs/B', { closedOn: '2024-06-09' })).toMatchObject({
      status: 422,
      body: { code: 'org_stays', field: 'closedOn', detail: expect.stringContaining('2024-06-10') },
    });
    expect((await send('PATCH', '/api/orgs/B', { closedOn: '2024-06-30' })).body).toMatchObject({
      closedOn: '2024-06-30',
    });
    const late = await application.post('/api/entries', entry({ org: 'B', occurredOn: '2024-07-01' }));
    expect(late).toMatchObject({ status: 422, body: { code: 'org_closed' } });
    expect(await send('POST', '/api/orgs', { ...STATION, code: 'B9', parent: 'B' })).toMatchObject({
      status: 422,
      body: { field: 'parent' },
    });
    expect((await send('PATCH', '/api/orgs/B', { closedOn: null })).body).toMatchObject({ closedOn: null });
    expect((await application.post('/api/entries', entry({ org: 'B', occurredOn: '2024-07-01' }))).status).toBe(201);
  });

  it('closes on its true day once an entry of a later one is taken back', async () => {
    await send('POST', '/api/orgs', { ...STATION, code: 'A9' });
    const wrong = entry({ org: 'A9', occurredOn: '2024-12-01' });
    await application.post('/api/entries', wrong);
    const closing = () => send('PATCH', '/api/orgs/A9', { closedOn: '2024-06-30' });
    expect((await closing()).body).toMatchObject({ code: 'org_stays' });
    await application.post(`/api/entries/${wrong.id}/reversal`, { id: randomUUID(), justification: '日期有误' });
    expect((await closing()).body).toMatchObject({ closedOn: '2024-06-30' });
  });

  it('closes before the org above it, and does not open again after that', async () => {
    await send('POST', '/api/orgs', { ...STATION, code: 'A8' });
    await send('POST', '/api/orgs', { ...STATION, code: 'A81', parent: 'A8', level: 'county' });
    await send('PATCH', '/api/orgs/A81', { closedOn: '2025-12-31' });
    expect((await send('PATCH', '/api/orgs/A8', { closedOn: '2025-01-31' })).body).toMatchObject({
      code: 'org_stays',
      detail: expect.stringContaining('A81'),
    });
    expect((await send('PATCH', '/api/orgs/A8', { closedOn: '2025-12-31' })).status).toBe(200);
    expect((await send('PATCH', '/api/orgs/A81', { closedOn: null })).body).toMatchObject({ code: 'org_stays' });
  });

  it('takes nothing in that was checked before it closed', async () => {
    const { source } = database;
    await send('POST', '/api/orgs', { ...STATION, code: 'A7' });
    const late = entry({ org: 'A7', occurredOn: '2024-07-10' });
    const [call] = await prepareCalls(source.manager, REGISTRY, [{ inputs: [late], options: WRITER }]);
    await send('PATCH', '/api/orgs/A7', { closedOn: '2024-06-30' });
    const [result] = await source.transaction((manager) => writeCalls(manager, REGISTRY, call ? [call] : []));
    expect(result).toMatchObject({ created: 0, results: [{ status: 'refused', problem: { code: 'org_closed' } }] });
  });

  it('with an open one below it is not closed, nor is the registry', async () => {
    expect((await send('PATCH', '/api/orgs/A', { closedOn: '2024-12-31' })).body).toMatchObject({ code: 'org_stays' });
    expect((await send('PATCH', '/api/orgs/P', { closedOn: '2024-12-31' })).body).toMatchObject({ code: 'org_stays' });
  });

  it('of another city is unknown to a city’s administrator', async () => {
    const ofB = await bearer(database.source, 'administrator', { org: 'B' });
    expect(await send('PATCH', '/api/orgs/A1', { nameZh: '别处' }, ofB)).toMatchObject({
      status: 422,
      body: { code: 'org_unknown' },
    });
    expect(await send('POST', '/api/orgs', { ...STATION, code: 'B1', parent: undefined }, ofB)).toMatchObject({
      status: 201,
    });
    expect((await application.get('/api/orgs')).body).toContainEqual(
      expect.objectContaining({ org: 'B1', parent: 'B' }),
    );
  });
});
