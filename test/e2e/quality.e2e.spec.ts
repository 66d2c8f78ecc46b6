import { HttpApplication } from '../support/http-application';
import { append, caseEntries, createSmallRegistry, opening } from '../support/small-registry';
import { bearer, makeAccount, tokenOf } from '../support/signed-in';
import { buildPrograms, killPrograms, ledger } from '../support/program';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let api: HttpApplication;

const TWICE: [string][] = [['ScreenRequested'], ['ScreenRequested']];
const LIST = '/api/quality/findings?rule=screen_requested_twice';

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B'));
  for (const org of ['A', 'A1', 'B']) await append(database.source, ...caseEntries('2024-06-01', TWICE, org));
  api = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await api?.close();
  await database?.drop();
});

const orgs = ({ body }: { body: { findings: { org: string }[] } }) => body.findings.map(({ org }) => org).sort();

describe('data quality', () => {
  it('is looked into on demand, listed by page, and counted by rule and org', async () => {
    expect((await api.get('/api/quality/summary')).body).toEqual({
      counts: [],
      mine: { open: 0, since: null },
      ranAt: null,
    });
    expect((await api.post('/api/quality/run', {})).body).toMatchObject({ ranAt: expect.any(String) });
    const first = await api.get(`${LIST}&limit=2`);
    const second = await api.get(`${LIST}&limit=2&after=${first.body.next}`);
    expect(second.body.next).toBeNull();
    expect([...orgs(first), ...orgs(second)].sort()).toEqual(['A', 'A1', 'B']);
    expect(first.body.findings[0]).toMatchObject({ measured: '2', expected: '1', state: 'open', owner: null });
    expect(first.body.findings[0].sentence.zh).toMatch(/^请求 R\d+ 的“初筛”登记了 2 次，应为 1 次。$/);
    const grave = async (severity: string) => {
      const { body } = await api.get(`/api/quality/findings?severity=${severity}&limit=1000`);
      return new Set(body.findings.map(({ rule }: { rule: string }) => rule));
    };
    expect(await grave('doubtful')).toContain('screen_requested_twice');
    expect(await grave('wrong')).not.toContain('screen_requested_twice');
    const { counts, ranAt } = (await api.get('/api/quality/summary?org=A')).body;
    expect(counts).toContainEqual({
      ...{ rule: 'screen_requested_twice', org: 'A1', open: 1, acknowledged: 0, resolved: 0, unowned: 1 },
    });
    expect(Date.parse(ranAt)).toBeLessThanOrEqual(Date.now());
    expect((await api.get('/api/quality/rules')).body).toContainEqual(
      expect.objectContaining({ code: 'outlier', label: { zh: '数量异常', en: expect.any(String) } }),
    );
  });

  it('is for each city its own, to see and to change', async () => {
    const clerk = await bearer(database.source, 'clerk', { org: 'B' });
    const mine = await api.get(LIST, clerk);
    expect(orgs(mine)).toEqual(['B']);
    const [other] = (await api.get(`${LIST}&org=A1`)).body.findings;
    expect((await api.post(`/api/quality/findings/${other.id}`, { state: 'resolved' }, clerk)).body).toMatchObject({
      ...{ status: 404, code: 'finding_unknown' },
    });
    const [own] = mine.body.findings;
    const account = await makeAccount(database.source, 'clerk', { org: 'B' });
    const elsewhere = await makeAccount(database.source, 'clerk', { org: 'A' });
    const change = (body: object) => api.post(`/api/quality/findings/${own.id}`, body, clerk);
    expect((await change({ owner: elsewhere.name })).body).toMatchObject({ code: 'owner_unknown', field: 'owner' });
    expect((await change({ owner: account.name })).body).toMatchObject({ state: 'open', owner: account.name });
    const taker = { authorization: `Bearer ${await tokenOf(database.source, account)}` };
    expect((await api.get('/api/quality/summary', taker)).body.mine).toEqual({ open: 1, since: own.firstSeenAt });
    expect((await api.get('/api/quality/summary', clerk)).body.mine).toEqual({ open: 0, since: null });
    const taken = await api.get(`${LIST}&owner=${account.name}`, clerk);
    expect(taken.body.findings).toMatchObject([{ id: own.id }]);
    expect((await change({ state: 'acknowledged' })).body).toMatchObject({ code: 'reason_missing', field: 'reason' });
    expect((await change({ state: 'acknowledged', reason: '电话 13800138000' })).body.code).toBe('personal_number');
    const done = await change({ state: 'acknowledged', reason: '确实两次' });
    expect(done.body).toMatchObject({ state: 'acknowledged', reason: '确实两次', owner: account.name });
    expect(done.body.history.map(({ state }: { state: string }) => state)).toEqual(['open', 'open', 'acknowledged']);
    const { counts } = (await api.post('/api/quality/run', {}, clerk)).body;
    expect(new Set(counts.map(({ org }: { org: string }) => org))).toEqual(new Set(['B']));
    expect((await api.get(`${LIST}&state=acknowledged`)).body.findings).toMatchObject([{ id: own.id, org: 'B' }]);
  });

  it('refuses what cannot be used with a sentence', async () => {
    const code = async (path: string) => (await api.get(path)).body.code;
    expect(await code('/api/quality/findings?rule=none')).toBe('rule_unknown');
    expect(await code(`${LIST}&after=x`)).toBe('cursor_not_readable');
    expect((await api.get(`${LIST}&state=lost`)).status).toBe(422);
    const [own] = (await api.get(LIST)).body.findings;
    const change = async (id: string, body: object) => (await api.post(`/api/quality/findings/${id}`, body)).body.code;
    expect(await change(own.id, { state: 'gone' })).toBe('field_not_readable');
    expect(await change(own.id, { colour: 'red' })).toBe('field_unknown');
    expect(await change('x', { state: 'open' })).toBe('finding_unknown');
  });

  it('is changed by those alone who log or submit', async () => {
    const auditor = await makeAccount(database.source, 'auditor');
    const shown = { authorization: `Bearer ${await tokenOf(database.source, auditor)}` };
    expect(orgs(await api.get(LIST, shown))).toHaveLength(3);
    expect((await api.post('/api/quality/run', {}, shown)).body.code).toBe('permission_missing');
  });

  it('is listed and looked into from the command line', async () => {
    const run = (...args: string[]) =>
      ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, 'quality', ...args);
    expect(await run('run')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^现有问题 \d+ 个：新增 0，/) });
    const listed = await run('list', '--rule', 'screen_requested_twice', '--format', 'json');
    expect(
      JSON.parse(listed.stdout)
        .map(({ org }: { org: string }) => org)
        .sort(),
    ).toEqual(['A', 'A1']);
    const all = await run('list', '--rule', 'screen_requested_twice', '--state', 'all', '--org', 'B');
    expect(all.stdout).toMatch(/一个请求有两次初筛[^\n]*acknowledged/);
    expect((await run('list', '--state', 'lost')).stderr).toContain('--state 应是');
    expect((await run('rules')).stdout).toContain('closed_as_donated_without_donation');
  });
});
