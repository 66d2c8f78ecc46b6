import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { ROLE_CODES, type RoleCode } from '../../libs/accounts/roles';
import { recompute } from '../../libs/indicators/recompute';
import { HttpApplication, NOBODY, type Answer } from '../support/http-application';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { bearer, makeAccount, pageOf, tokenOf } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const ALL: readonly RoleCode[] = ['clerk', 'reviewer', 'officer', 'auditor', 'administrator'];
const READERS: readonly RoleCode[] = ['clerk', 'reviewer', 'officer', 'auditor'];
const OFFICER: readonly RoleCode[] = ['officer'];
const REVIEWER: readonly RoleCode[] = ['reviewer'];
const CLERK: readonly RoleCode[] = ['clerk'];
const WRITERS: readonly RoleCode[] = ['clerk', 'reviewer'];
const AUDITOR: readonly RoleCode[] = ['auditor'];
const ADMINISTRATOR: readonly RoleCode[] = ['administrator'];
const ANYBODY = 'anybody';

/** Who may ask what: each route there is, and nobody else. */
const ACCESS: Readonly<Record<string, readonly RoleCode[] | typeof ANYBODY>> = {
  'GET /health/live': ANYBODY,
  'GET /health/ready': ANYBODY,
  'GET /api/openapi.json': ANYBODY,
  'GET /api/setup': ANYBODY,
  'POST /api/setup': ANYBODY,
  'POST /api/session': ANYBODY,
  'GET /api/session/demonstration': ANYBODY,
  'GET /api/session/oidc': ANYBODY,
  'GET /api/session/oidc/callback': ANYBODY,
  'GET /api/session': ALL,
  'DELETE /api/session': ALL,
  'DELETE /api/session/all': ALL,
  'POST /api/session/password': ALL,
  'POST /api/session/totp': ALL,
  'POST /api/session/totp/confirm': ALL,
  'POST /api/session/totp/removal': ALL,
  'GET /api/tokens': ALL,
  'POST /api/tokens': ALL,
  'DELETE /api/tokens/{id}': ALL,
  'GET /api/subscriptions': ALL,
  'POST /api/subscriptions': ALL,
  'DELETE /api/subscriptions/{id}': ALL,
  'GET /api/subscriptions/{id}/deliveries': ALL,
  'POST /api/subscriptions/{id}/deliveries/{delivery}/resend': ALL,
  'POST /api/subscriptions/{id}/test': ALL,
  'GET /api/status': ALL,
  'GET /api/events': ALL,
  'GET /api/catalogue': ALL,
  'GET /api/catalogue/cards': ALL,
  'GET /api/catalogue/cards/{key}': ALL,
  'GET /api/settings': ALL,
  'POST /api/settings': ADMINISTRATOR,
  'GET /api/orgs': ALL,
  'POST /api/orgs': ADMINISTRATOR,
  'PATCH /api/orgs/{org}': ADMINISTRATOR,
  'GET /api/metrics/values': READERS,
  'GET /api/indicators/values': READERS,
  'GET /api/targets': READERS,
  'GET /api/targets/history': READERS,
  'GET /api/targets/progress': READERS,
  'GET /api/targets/split': READERS,
  'GET /api/metrics/running': READERS,
  'GET /api/metrics/running/entries': READERS,
  'PUT /api/targets': OFFICER,
  'POST /api/targets/split': OFFICER,
  'POST /api/targets/import': OFFICER,
  'POST /api/targets/withdrawals': OFFICER,
  'GET /api/values/entries': READERS,
  'GET /api/values/entries/export': READERS,
  'GET /api/values/changes': READERS,
  'GET /api/values/changes/summary': READERS,
  'GET /api/entries': READERS,
  'GET /api/entries/{id}': READERS,
  'GET /api/entries/export': READERS,
  'GET /api/entries/day': READERS,
  'GET /api/entries/{id}/history': READERS,
  'GET /api/cases/{code}': READERS,
  'GET /api/evidence': READERS,
  'GET /api/evidence/{code}': READERS,
  'GET /api/quality/rules': ALL,
  'GET /api/quality/findings': READERS,
  'GET /api/quality/summary': READERS,
  'POST /api/quality/findings/{id}': WRITERS,
  'POST /api/quality/run': WRITERS,
  'GET /api/worklists': READERS,
  'GET /api/worklists/{key}': READERS,
  'GET /api/funnel': READERS,
  'GET /api/funnel/bridge': READERS,
  'GET /api/funnel/cases': READERS,
  'GET /api/funnel/times': READERS,
  'GET /api/funnel/times/cases': READERS,
  'GET /api/funnel/ageing': READERS,
  'GET /api/funnel/ageing/cases': READERS,
  'GET /api/funnel/cities': READERS,
  'GET /api/funnel/cities/cases': READERS,
  'GET /api/funnel/contributions': READERS,
  'GET /api/batches': READERS,
  'GET /api/months': READERS,
  'GET /api/months/{month}': READERS,
  'GET /api/months/{month}/check': READERS,
  'POST /api/months/{month}/submit': REVIEWER,
  'POST /api/months/{month}/close': REVIEWER,
  'POST /api/months/{month}/reopen': REVIEWER,
  'GET /api/months/{month}/reopen-effect': REVIEWER,
  'GET /api/seals': READERS,
  'GET /api/seals/{period}': READERS,
  'GET /api/assessments': READERS,
  'GET /api/assessments/due': READERS,
  'GET /api/assessments/{form}/{period}': READERS,
  'GET /api/assessments/{form}/{period}/differences': READERS,
  'PUT /api/assessments/{form}/{period}/lines/{code}': OFFICER,
  'POST /api/assessments/{form}/{period}/evidence': OFFICER,
  'PUT /api/assessments/{form}/{period}/budget/{row}': OFFICER,
  'PUT /api/assessments/{form}/{period}/tasks/{code}': OFFICER,
  'PUT /api/assessments/{form}/{period}/total': OFFICER,
  'PUT /api/assessments/{form}/{period}/pack': OFFICER,
  'POST /api/assessments/{form}/{period}/targets': OFFICER,
  'POST /api/assessments/{form}/{period}/revisions': OFFICER,
  'POST /api/assessments/{form}/{period}/steps': REVIEWER,
  'POST /api/assessments/{form}/{period}/comments': ['reviewer', 'officer'],
  'POST /api/assessments/{form}/{period}/comments/{number}/resolve': ['reviewer', 'officer'],
  'GET /api/rule-packs': READERS,
  'POST /api/rule-packs': OFFICER,
  'GET /api/bulletins/{month}': READERS,
  'POST /api/check-ups': READERS,
  'POST /api/tables': READERS,
  'GET /api/assessments/{form}/{period}/files/{kind}': READERS,
  'GET /api/assessments/{form}/{period}/narrative': READERS,
  'GET /api/report-templates': READERS,
  'GET /api/report-templates/{form}': READERS,
  'PUT /api/report-templates/{form}': OFFICER,
  'DELETE /api/report-templates/{form}': OFFICER,
  'GET /api/feed/schema.json': ANYBODY,
  'GET /api/feed/indicators/{period}': READERS,
  'GET /api/feed/assessments': READERS,
  'GET /api/feed/assessments/{form}/{period}': READERS,
  'POST /api/entries': CLERK,
  'POST /api/entries/{id}/reversal': CLERK,
  'POST /api/entries/reversals': CLERK,
  'POST /api/entries/preview': CLERK,
  'POST /api/entries/sheet': CLERK,
  'POST /api/evidence': CLERK,
  'GET /api/imports': CLERK,
  'POST /api/imports': CLERK,
  'GET /api/imports/templates/{kind}.xlsx': CLERK,
  'GET /api/imports/{id}': CLERK,
  'GET /api/imports/{id}/effect': CLERK,
  'GET /api/imports/{id}/errors.xlsx': CLERK,
  'GET /api/imports/{id}/rows': CLERK,
  'PUT /api/imports/{id}/mapping': CLERK,
  'POST /api/imports/{id}/accept': CLERK,
  'POST /api/imports/{id}/cancel': CLERK,
  'GET /api/audit': AUDITOR,
  'GET /api/audit.csv': AUDITOR,
  'GET /api/audit/check': AUDITOR,
  'GET /api/backups': ['auditor', 'administrator'],
  'GET /api/jobs': ['auditor', 'administrator'],
  'GET /api/jobs/failed': ['auditor', 'administrator'],
  'POST /api/jobs/{id}/retry': ADMINISTRATOR,
  'DELETE /api/jobs/{id}': ADMINISTRATOR,
  'GET /api/accounts': ADMINISTRATOR,
  'POST /api/accounts': ADMINISTRATOR,
  'PATCH /api/accounts/{id}': ADMINISTRATOR,
  'POST /api/accounts/{id}/reset': ADMINISTRATOR,
  'POST /api/accounts/{id}/unlock': ADMINISTRATOR,
};
const CLOSED = Object.keys(ACCESS).filter((route) => ACCESS[route] !== ANYBODY);

let database: TestDatabase;
let source: DataSource;
let application: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
  await createSmallRegistry(source);
  await append(source, ...opening());
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

/** Asks a route with nothing that it could do. */
function askFor(route: string, headers: Record<string, string>): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const filled = path
    .replace('{form}', 'hunan')
    .replace('{year}', '2024')
    .replace(/\{\w+\}/, randomUUID());
  if (method === 'GET') return application.get(filled, headers);
  const body = method === 'DELETE' ? {} : { headers: { ...headers, 'content-type': 'application/json' }, body: '{}' };
  return application.ask(filled, { method, headers, ...body });
}

async function page(role: RoleCode, org?: string): Promise<Record<string, string>> {
  return pageOf(source, await makeAccount(source, role, { org }));
}

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

describe('every route', () => {
  it('stands in the table of who may ask it, and none other does', async () => {
    const { body } = await application.get('/api/openapi.json');
    const routes = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect([...routes, 'GET /api/openapi.json'].sort()).toEqual(Object.keys(ACCESS).sort());
    expect([...ALL].sort()).toEqual([...ROLE_CODES].sort());
  });

  it.each(ALL)('lets a %s do what the table says, and refuses the rest', async (role) => {
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const [route, roles] of Object.entries(ACCESS)) {
      const { status, body } = await askFor(route, await page(role));
      found[route] =
        status === 403 && body.code === 'permission_missing' ? 'refused' : status === 401 ? '401' : 'let in';
      // What is sent there is nobody's password.
      const open = route === 'POST /api/session' ? '401' : 'let in';
      expected[route] = roles === ANYBODY ? open : roles.includes(role) ? 'let in' : 'refused';
    }
    expect(found).toEqual(expected);
  });

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['nobody', async () => NOBODY],
    ['a cookie of no session', async () => ({ cookie: `marrow=1.${'A'.repeat(43)}`, 'x-marrow-ledger': 'page' })],
    ['a token that was revoked', () => ended(`update access_token set revoked_at = now() where account_id = $`)],
    ['a token that has run out', () => ended(`update access_token set ends_at = now() where account_id = $`)],
    ['a token of a disabled account', () => ended(`update account set disabled_at = now() where id = $`)],
    ['a broken token', async () => ({ authorization: 'Bearer x' })],
    ['another way to sign in', async () => ({ authorization: 'Basic YTpi', ...(await page('clerk')) })],
    ['a session that has run out', async () => outdated(await page('administrator'))],
  ])('is closed to %s unless it is open to anybody', async (_, headers) => {
    const shown = await headers();
    // A browser may ask whether anybody is signed in.
    const nobody = 'authorization' in shown && shown !== NOBODY ? undefined : 'GET /api/session';
    const found = await Promise.all(
      CLOSED.map(async (route) => {
        const { status, body } = await askFor(route, shown);
        return `${route} ${status} ${body.code}`;
      }),
    );
    expect(found).toEqual(
      CLOSED.map((route) => (route === nobody ? `${route} 204 undefined` : `${route} 401 sign_in_needed`)),
    );
  });

  it('tells a program in words that its token has run out, or was revoked, and when', async () => {
    const [at, said] = ["'2024-05-31T18:30:00Z'", /^访问令牌“.+”已于 2024-06-01 02:30:00 /];
    for (const [column, end] of [
      ['ends_at', '到期'],
      ['revoked_at', '撤销'],
    ] as const) {
      const shown = await ended(`update access_token set created_at = ${at}, ${column} = ${at} where account_id = $`);
      const { body } = await application.get('/api/entries', shown);
      expect(body.detail).toMatch(new RegExp(said.source + end));
    }
  });

  it('tells who has a one-time password, or no second factor yet, to see to that first', async () => {
    const account = await makeAccount(source, 'administrator');
    const shown = await pageOf(source, account);
    await asOwner(`update account_secret set totp_confirmed_at = null where account_id = '${account.id}'`);
    expect((await application.get('/api/accounts', shown)).body.code).toBe('second_factor_enrolment_needed');
    await asOwner(`update account_secret set must_change_password = true where account_id = '${account.id}'`);
    expect((await application.get('/api/accounts', shown)).body.code).toBe('password_change_needed');
    expect((await application.get('/api/session', shown)).body).toMatchObject({ pending: 'password' });
  });
});

async function ended(statement: string): Promise<{ authorization: string }> {
  const account = await makeAccount(source, 'clerk');
  const token = await tokenOf(source, account);
  await asOwner(statement.replace('$', `'${account.id}'`));
  return { authorization: `Bearer ${token}` };
}

async function outdated(shown: Record<string, string>): Promise<Record<string, string>> {
  await asOwner(`update session set ends_at = now() where ends_at = (select max(ends_at) from session)`);
  return shown;
}

describe('an account of one city', () => {
  const there = entry({ org: 'A', quantity: '7' });
  const below = entry({ org: 'A1' });
  let of: Record<'clerk' | 'auditor' | 'administrator', { authorization: string }>;

  beforeAll(async () => {
    await append(source, there, below, entry({ org: 'B', quantity: '5' }));
    await recompute(source, REGISTRY);
    const [clerk, auditor, administrator] = await Promise.all(
      (['clerk', 'auditor', 'administrator'] as const).map((role) => bearer(source, role, { org: 'B' })),
    );
    if (!clerk || !auditor || !administrator) throw new Error('three were made');
    of = { clerk, auditor, administrator };
  });

  it.each([
    ['clerk', 'metrics/values?period=2024&org=A'],
    ['clerk', 'metrics/values?period=2024&org=P'],
    ['clerk', 'indicators/values?period=2024&org=A1'],
    ['clerk', 'targets?period=2024&org=A'],
    ['clerk', 'targets/history?period=2024&key=donation.completed&org=A'],
    ['clerk', 'targets/progress?period=2024&org=P'],
    ['clerk', 'bulletins/2024-05?format=docx&org=P'],
    ['clerk', 'targets/split?period=2024&key=donation.completed&org=P'],
    ['clerk', 'metrics/running?period=2024-01..2024-02&keys=registry.recruited&org=A'],
    ['clerk', 'metrics/running/entries?period=2024-01..2024-02&key=registry.recruited&org=A'],
    ['clerk', 'values/entries?period=2024&key=registry.recruited&org=A'],
    ['clerk', 'values/entries?period=2024&key=registry.recruited&org=P&own=true'],
    ['clerk', 'values/entries/export?format=csv&period=2024&key=registry.recruited&org=A'],
    ['clerk', 'values/changes?since=1&period=2024&key=registry.recruited&org=A'],
    ['clerk', 'values/changes/summary?since=1&period=2024&org=A'],
    ['clerk', 'entries?org=A'],
    ['clerk', 'entries/export?format=csv&org=A'],
    ['clerk', 'entries/day?day=2024-05-10&org=A'],
    ['clerk', 'worklists?org=A'],
    ['clerk', 'worklists?org=P'],
    ['clerk', 'quality/findings?org=P'],
    ['clerk', 'quality/summary?org=A'],
    ['clerk', 'funnel?period=2024&org=P'],
    ['clerk', 'funnel?period=2024&by=cohort&org=A'],
    ['clerk', 'funnel/bridge?period=2024&stage=exam&org=P'],
    ['clerk', 'funnel/cases?period=2024&stage=exam&part=lost&org=A'],
    ['clerk', 'funnel/cases?period=2024&stage=exam&term=lost&org=P'],
    ['clerk', 'funnel/times?period=2024&from=screen_requested&to=donated&org=A'],
    ['clerk', 'funnel/times/cases?period=2024&from=screen_requested&to=donated&state=open&org=P'],
    ['clerk', 'funnel/ageing?org=A'],
    ['clerk', 'funnel/ageing/cases?org=P'],
    ['clerk', 'funnel/cities?period=2024&from=screen_requested&to=donated&org=P'],
    ['clerk', 'funnel/cities/cases?period=2024&from=screen_requested&to=donated&part=lost&org=A'],
    ['clerk', 'funnel/contributions?period=2024&key=donation.completed&org=P'],
    ['clerk', 'months/2024-05/check?org=A'],
    ['clerk', 'seals/2024-05?org=A'],
    ['clerk', 'assessments/hunan/2024?org=A'],
    ['clerk', 'assessments/hunan/2024/differences?org=P'],
    ['clerk', 'feed/indicators/2024?org=A'],
    ['clerk', 'feed/indicators/2024?by=org&org=P'],
    ['clerk', 'feed/assessments/hunan/2024?org=P'],
    ['auditor', 'audit?org=A'],
    ['auditor', 'audit.csv?org=P'],
  ] as const)('that is a %s is told of no other org by /api/%s', async (role, path) => {
    const { status, body } = await application.get(`/api/${path}`, of[role]);
    expect({ status, code: body.code, field: body.field }).toEqual({ status: 422, code: 'org_unknown', field: 'org' });
  });

  it('sees itself as the whole where no org is named', async () => {
    const get = async (path: string) => (await application.get(`/api/${path}`, of.clerk)).body;
    expect((await get('orgs')).map(({ org, parent }: Record<string, string>) => [org, parent])).toEqual([['B', null]]);
    expect((await get('status')).root).toBe('B');
    const { values } = await get('metrics/values?period=2024&keys=registry.recruited');
    expect(values.map(({ org }: { org: string }) => org)).toEqual(['B']);
    const { entries } = await get('values/entries?period=2024&key=registry.recruited&limit=1000');
    expect(entries.map(({ org }: { org: string }) => org)).toEqual(['B']);
    expect((await application.get('/api/assessments/hunan/2024', of.clerk)).body.code).toBe('org_out_of_reach');
  });

  it('finds no entry of another, takes none back, and logs none', async () => {
    for (const { id } of [there, below]) {
      expect((await application.get(`/api/entries/${id}`, of.clerk)).body.code).toBe('entry_unknown');
      const reversal = { id: randomUUID(), justification: '有误' };
      const answer = await application.post(`/api/entries/${id}/reversal`, reversal, of.clerk);
      expect(answer).toMatchObject({ status: 404, body: { code: 'entry_unknown' } });
    }
    const foreign = entry({ org: 'A' });
    const answer = await application.post('/api/entries', foreign, of.clerk);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await application.get(`/api/entries/${foreign.id}`)).status).toBe(404);
    const own = entry({ org: 'B' });
    expect((await application.post('/api/entries', own, of.clerk)).status).toBe(201);
    const moved = { id: randomUUID(), justification: '有误', replacement: entry({ org: 'A' }) };
    const refused = await application.post(`/api/entries/${own.id}/reversal`, moved, of.clerk);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect((await application.get(`/api/entries/${own.id}`)).body.reversedBy).toBeNull();
  });

  it('learns nothing of an entry elsewhere by guessing its id (R1)', async () => {
    const guess = entry({ id: there.id, org: 'B' });
    const { status, body } = await application.post('/api/entries', guess, of.clerk);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(body)).not.toMatch(/difference|quantity|"A"/);
  });

  it('that is an administrator keeps the accounts of the city alone', async () => {
    const elsewhere = await makeAccount(source, 'clerk', { org: 'A' });
    const administrator = await page('administrator', 'B');
    // Programs keep no accounts, also by a token that was made for it.
    const token = await tokenOf(source, await makeAccount(source, 'administrator'), ['accounts.manage']);
    const byToken = await application.get('/api/accounts', { authorization: `Bearer ${token}` });
    expect(byToken.body.code).toBe('permission_missing');
    const { body } = await application.get('/api/accounts', administrator);
    expect(new Set(body.accounts.map(({ org }: { org: string }) => org))).toEqual(new Set(['B']));
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/reset'],
      ['POST', '/unlock'],
    ]) {
      const headers = { ...administrator, 'content-type': 'application/json' };
      const answer = await application.ask(`/api/accounts/${elsewhere.id}${path}`, { method, headers, body: '{}' });
      expect(answer).toMatchObject({ status: 404, body: { code: 'account_unknown' } });
    }
    const input = { name: 'from.afar', role: 'clerk', org: 'A' };
    expect((await application.post('/api/accounts', input, administrator)).body.code).toBe('org_unknown');
  });
});
