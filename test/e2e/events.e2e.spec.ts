import { HeardEvents } from '../support/heard-events';
import { HttpApplication } from '../support/http-application';
import { HEAD } from '../support/importing';
import { bearer, makeAccount, pageOf, tokenOf } from '../support/signed-in';
import { createSmallRegistry, entry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let api: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  api = await HttpApplication.start({ databaseUrl: database.url });
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const open = (headers: Record<string, string>) => HeardEvents.open(api.url, headers);

async function upload(org: string, headers: Record<string, string>): Promise<string> {
  const form = new FormData();
  form.append('org', org);
  form.append('file', new Blob([`${HEAD}\nRecruitmentRegistered,${org},2024-05-10,3,,,,`]), `${org}.csv`);
  const { body } = await api.ask('/api/imports', { method: 'POST', body: form, headers });
  return body.importId;
}

describe('the stream of what moves', () => {
  it('tells within two seconds that figures follow an entry of another person', async () => {
    const heard = await open(await bearer(database.source, 'officer'));
    expect(heard.response.headers.get('content-type')).toContain('text/event-stream');
    expect(heard.response.headers.get('cache-control')).toBe('no-store');
    await heard.until(() => heard.of('figures').length > 0);
    const begun = Date.now();
    expect((await api.post('/api/entries', entry({ quantity: '5' }))).status).toBe(201);
    await heard.until(() =>
      heard.of('figures').some((one) => one['computedPosition'] === one['position'] && one['position'] !== '0'),
    );
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect(Object.keys(heard.of('figures')[0]!).sort()).toEqual([
      'computedAt',
      'computedPosition',
      'position',
      'waiting',
    ]);
    heard.leave();
  });

  it('tells of an import only who may import, and only of their own orgs', async () => {
    const whole = await bearer(database.source, 'clerk');
    const [ours, theirs, reviewer] = await Promise.all([
      open(await bearer(database.source, 'clerk', { org: 'A' })),
      open(await bearer(database.source, 'clerk', { org: 'B' })),
      open(await bearer(database.source, 'reviewer', { org: 'A' })),
    ]);
    for (const heard of [ours, theirs, reviewer]) await heard.until(() => heard.of('figures').length > 0);
    const a = await upload('A', whole);
    await ours.until(() => ours.of('import').some(({ importId }) => importId === a));
    const b = await upload('B', whole);
    await theirs.until(() => theirs.of('import').some(({ importId }) => importId === b));
    expect(theirs.of('import').some(({ importId }) => importId === a)).toBe(false);
    expect(reviewer.of('import')).toEqual([]);
    for (const heard of [ours, theirs, reviewer]) heard.leave();
  });

  it('ends with the session', async () => {
    const shown = await pageOf(database.source, await makeAccount(database.source, 'officer'));
    const heard = await open(shown);
    await heard.until(() => heard.of('figures').length > 0);
    expect((await api.ask('/api/session', { method: 'DELETE', headers: shown })).status).toBe(204);
    await heard.ended();
  });

  it('is open four times for an account, and once more when one of them has ended', async () => {
    const token = await tokenOf(database.source, await makeAccount(database.source, 'officer'));
    const headers = { authorization: `Bearer ${token}` };
    const four = await Promise.all([1, 2, 3, 4].map(() => open(headers)));
    expect(four.map(({ response }) => response.status)).toEqual([200, 200, 200, 200]);
    const fifth = await api.get('/api/events', headers);
    expect(fifth).toMatchObject({ status: 429, body: { code: 'too_many_streams' } });
    expect(fifth.headers.get('retry-after')).toBe('30');
    four[0]!.leave();
    let again = 429;
    while (again === 429) again = (await api.get('/api/events', headers)).status;
    expect(again).toBe(200);
    for (const heard of four) heard.leave();
  });
});

it('does not hold up the end of the program', async () => {
  const other = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  const heard = await HeardEvents.open(other.url, await bearer(database.source, 'officer'));
  await heard.until(() => heard.of('figures').length > 0);
  const begun = Date.now();
  await other.close();
  await heard.ended();
  expect(Date.now() - begun).toBeLessThan(2_000);
});
