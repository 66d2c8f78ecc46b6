import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { recordAct } from '../../libs/accounts/audit';
import { verifyAudit } from '../../libs/accounts/verify-audit';
import { recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { HttpApplication, NOBODY } from '../support/http-application';
import { bearer, makeAccount, pageOf } from '../support/signed-in';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

type Shown = Record<string, string>;

let database: TestDatabase;
let application: HttpApplication;
let [clerk, cityClerk, auditor, cityAuditor, administrator]: Shown[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(source, entry());
  await recompute(source, REGISTRY);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  clerk = await bearer(source, 'clerk');
  cityClerk = await bearer(source, 'clerk', { org: 'B' });
  auditor = await bearer(source, 'auditor');
  cityAuditor = await bearer(source, 'auditor', { org: 'A' });
  administrator = await bearer(source, 'administrator');
});

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

interface ReadAct {
  seq: string;
  actor: string;
  act: string;
  thing: string | null;
  org: string | null;
  address: string | null;
  result: string;
  detail: Record<string, unknown> | null;
}

async function acts(query = '', shown = auditor): Promise<ReadAct[]> {
  const { status, body } = await application.get(`/api/audit?limit=1000${query}`, shown);
  expect(status).toBe(200);
  return body.acts;
}

/** What is recorded while something is done. */
async function recordedBy(work: () => Promise<unknown>): Promise<ReadAct[]> {
  const before = (await acts()).length;
  await work();
  const after = await acts();
  return after.slice(0, after.length - before).reverse();
}

describe('one request is one row of the audit log,', () => {
  it('when an entry is logged', async () => {
    const one = entry();
    const rows = await recordedBy(() => application.post('/api/entries', one, clerk));

    expect(rows).toMatchObject([
      { act: 'entries.append', thing: one.id, org: 'A', result: 'done', address: '127.0.0.1' },
    ]);
  });

  it('when a logged entry is refused', async () => {
    const one = entry({ kind: 'Nonsense' });
    const rows = await recordedBy(() => application.post('/api/entries', one, clerk));

    expect(rows).toMatchObject([{ act: 'entries.append', thing: one.id, result: 'refused' }]);
  });

  it('when an entry lies outside of what the caller reaches', async () => {
    const rows = await recordedBy(() => application.post('/api/entries', entry({ org: 'A' }), cityClerk));

    expect(rows).toMatchObject([{ act: 'entries.append', result: 'refused' }]);
  });

  it('when a call cannot even be read', async () => {
    const rows = await recordedBy(async () => {
      expect((await application.post('/api/entries', { entries: 'none' }, clerk)).status).toBe(422);
    });

    expect(rows).toMatchObject([
      { act: 'request', thing: 'POST /api/entries', result: 'refused', detail: { code: 'field_not_readable' } },
    ]);
  });

  it('when somebody writes who has something else to do first, or not from the page', async () => {
    const { source } = database;
    const account = await makeAccount(source, 'administrator');
    const page = await pageOf(source, account);
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('update account_secret set totp_confirmed_at = null where account_id = $1', [account.id]);
    await owner.end();
    const rows = await recordedBy(async () => {
      await application.post('/api/accounts', {}, page);
      await application.post('/api/accounts', {}, { cookie: page.cookie });
    });

    const refused = { actor: account.name, act: 'request', thing: 'POST /api/accounts', result: 'refused' };
    expect(rows).toMatchObject([
      { ...refused, detail: { code: 'second_factor_enrolment_needed' } },
      { ...refused, detail: { code: 'page_header_missing' } },
    ]);
  });

  it('when somebody begins to enrol a second factor, or is refused to take it off', async () => {
    const page = await pageOf(database.source, await makeAccount(database.source, 'clerk'));
    const rows = await recordedBy(async () => {
      expect((await application.post('/api/session/totp', {}, page)).status).toBe(200);
      const removal = await application.post('/api/session/totp/removal', { password: 'x' }, page);
      expect(removal.body).toMatchObject({ code: 'password_wrong', field: 'password' });
    });

    expect(rows).toMatchObject([
      { act: 'second_factor.enrol', result: 'done' },
      { act: 'request', thing: 'POST /api/session/totp/removal', result: 'refused' },
    ]);
  });

  it('when a name that somebody has is locked, and when a setup is refused', async () => {
    const { name } = await makeAccount(database.source, 'clerk');
    const rows = await recordedBy(async () => {
      for (let time = 0; time < 6; time += 1) await application.post('/api/session', { name, password: 'x' }, NOBODY);
      await application.post('/api/setup', { token: 'guessed' }, NOBODY);
    });

    expect(rows.slice(-2)).toMatchObject([
      { actor: name, act: 'session.begin', result: 'refused', detail: { by: 'locked' } },
      { actor: 'setup', act: 'registry.setup', result: 'refused', detail: { code: 'setup_link_refused' } },
    ]);
  });

  it('when an entry is taken back, and when that is refused', async () => {
    const one = entry();
    await application.post('/api/entries', one, clerk);
    const reversing = (id: string) =>
      application.post(`/api/entries/${one.id}/reversal`, { id, justification: '录错' }, clerk);
    const rows = await recordedBy(async () => {
      expect((await reversing(randomUUID())).status).toBe(201);
      expect((await reversing(randomUUID())).status).toBe(409);
    });

    expect(rows).toMatchObject([
      { act: 'entries.reverse', thing: one.id, org: 'A', result: 'done', address: '127.0.0.1' },
      {
        ...{ act: 'request', thing: 'POST /api/entries/:id/reversal', result: 'refused' },
        detail: { code: 'already_reversed', id: one.id },
      },
    ]);
  });

  it('that an auditor of the caller’s org sees, also when its entries are of several orgs or of none', async () => {
    const clerkOfA = await bearer(database.source, 'clerk', { org: 'A' });
    const [one, other] = [entry({ org: 'A' }), entry({ org: 'A1' })];
    const before = (await acts('', cityAuditor)).length;
    await application.post('/api/entries', { entries: [one, other] }, clerkOfA);
    await application.post('/api/entries', entry({ kind: 'Nonsense', org: 'A' }), clerkOfA);
    const selected = [one, other].map(({ id }) => ({ id: randomUUID(), reverses: id }));
    const selection = { justification: '录错', entries: selected };
    for (let time = 0; time < 2; time += 1) {
      expect((await application.post('/api/entries/reversals', selection, clerkOfA)).status).toBe(200);
    }

    const seen = await acts('', cityAuditor);
    const entries = [one.id, other.id];
    expect(seen.slice(0, seen.length - before).reverse()).toMatchObject([
      { act: 'entries.append', org: 'A', detail: { created: 2 } },
      { act: 'entries.append', org: 'A', result: 'refused' },
      { act: 'entries.reverse', thing: null, org: 'A', detail: { reversed: 2, entries } },
      { act: 'entries.reverse', thing: null, org: 'A', detail: { reversed: 0, entries } },
    ]);
  });

  it('when the role may not do it', async () => {
    const rows = await recordedBy(async () => {
      expect((await application.post('/api/entries', entry(), auditor)).status).toBe(403);
    });

    expect(rows).toMatchObject([{ act: 'request', thing: 'POST /api/entries', result: 'refused' }]);
  });

  it.each([
    [
      '/api/values/entries?key=registry.recruited&period=2024',
      'entries.list',
      'registry.recruited',
      { period: '2024' },
    ],
    ['/api/entries?kind=RecruitmentRegistered', 'entries.list', null, { kind: 'RecruitmentRegistered' }],
  ])('when a list with codes of donors is read: %s', async (path, act, thing, detail) => {
    const rows = await recordedBy(async () => expect((await application.get(path, clerk)).status).toBe(200));

    expect(rows).toMatchObject([{ act, thing, result: 'done', detail }]);
  });

  it('when a workbook is taken', async () => {
    const path = '/api/assessments/hunan/2024/files/form.xlsx';
    const rows = await recordedBy(async () => expect((await application.get(path, clerk)).status).toBe(200));

    expect(rows).toMatchObject([{ act: 'export', thing: path, result: 'done' }]);
  });

  it('and none when figures, orgs or the log itself are read', async () => {
    const rows = await recordedBy(async () => {
      for (const path of ['/api/status', '/api/orgs', '/api/metrics/values?period=2024']) {
        expect((await application.get(path, clerk)).status).toBe(200);
      }
      await acts();
    });

    expect(rows).toEqual([]);
  });

  it('in a chain that holds, however many come at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, turn) =>
        application.post('/api/entries', turn % 4 === 0 ? { entries: 1 } : entry(), clerk),
      ),
    );

    expect(await verifyAudit(database.source.manager, REGISTRY)).toMatchObject({ broken: 0 });
  });
});

describe('a list that cannot be recorded', () => {
  it('is not shown', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('alter table audit_act add constraint broken check (false) not valid');
    try {
      const { status, body } = await application.get('/api/entries', clerk);
      expect(status).toBe(503);
      expect(body).toMatchObject({ code: 'not_recorded' });
      expect(JSON.stringify(body)).not.toContain('RecruitmentRegistered');
    } finally {
      await owner.query('alter table audit_act drop constraint broken');
      await owner.end();
    }
  });
});

describe('the audit log', () => {
  it('is read by who may, and by nobody else', async () => {
    for (const path of ['/api/audit', '/api/audit.csv', '/api/audit/check']) {
      expect((await application.get(path, clerk)).status).toBe(403);
      expect((await application.get(path, administrator)).status).toBe(403);
      expect((await application.get(path, auditor)).status).toBe(200);
    }
  });

  it('is searched by actor, act, thing, result, org and day', async () => {
    const all = await acts();
    const { actor = '' } = all.find(({ act }) => act === 'entries.reverse') ?? {};
    const expected = (holds: (one: ReadAct) => boolean) => all.filter(holds).map(({ seq }) => seq);
    const found = async (query: string) => (await acts(query)).map(({ seq }) => seq);

    expect(await found(`&actor=${encodeURIComponent(actor)}`)).toEqual(expected((one) => one.actor === actor));
    expect(await found('&act=entries.reverse')).toEqual(expected((one) => one.act === 'entries.reverse'));
    expect(await found('&thing=registry.recruited')).toEqual(expected((one) => one.thing === 'registry.recruited'));
    expect(await found('&result=refused')).toEqual(expected((one) => one.result === 'refused'));
    expect(await found('&org=A')).toEqual(expected((one) => one.org === 'A'));
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(await found(`&from=${today}&to=${today}`)).toEqual(expected(() => true));
    expect(await found('&to=2024-01-01')).toEqual([]);
    for (const wrong of ['&from=2024-02-31', '&after=x', '&result=perhaps', '&colour=red']) {
      expect((await application.get(`/api/audit?limit=2${wrong}`, auditor)).status).toBe(422);
    }
  });

  it('comes page by page, the latest first, each act once', async () => {
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await application.get(`/api/audit?limit=7${after}`, auditor);
      seen.push(...body.acts.map(({ seq }: ReadAct) => seq));
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }

    expect(seen).toEqual((await acts()).map(({ seq }) => seq));
  });

  it('shows an auditor of a city the acts of the city alone', async () => {
    const orgs = new Set((await acts('', cityAuditor)).map(({ org }) => org));
    expect([...orgs]).toEqual(['A']);
    expect((await application.get('/api/audit?org=B', cityAuditor)).status).toBe(422);
  });

  it('is taken as a file that runs nothing, and taking it is an act', async () => {
    await recordAct(database.source.manager, {
      ...{ registryId: REGISTRY, actor: '=HYPERLINK("x")', act: 'entries.append', thing: '@SUM(1)', org: 'A' },
      ...{ address: null, result: 'done', detail: null },
    });
    let csv = '';
    const rows = await recordedBy(async () => {
      const { status, type, headers, body } = await application.get('/api/audit.csv?act=entries.append', auditor);
      expect({ status, type }).toEqual({ status: 200, type: 'text/csv; charset=utf-8' });
      expect(headers.get('content-disposition')).toContain('attachment');
      csv = (body as Buffer).toString();
    });

    expect(rows).toMatchObject([
      { act: 'export', thing: '/api/audit.csv', result: 'done', detail: { act: 'entries.append' } },
    ]);
    const [head, first, ...more] = csv.trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFF"序号","时间","操作人"/);
    expect(first).toContain(`"'=HYPERLINK(""x"")","entries.append","'@SUM(1)"`);
    expect(more.length + 1).toBe((await acts('&act=entries.append')).length);
  });

  it('says what its last recount found', async () => {
    expect((await application.get('/api/audit/check', auditor)).body).toEqual({ check: null });
    await verify(database.source, REGISTRY);
    expect((await application.get('/api/audit/check', auditor)).body).toMatchObject({
      check: { broken: 0, findings: [] },
    });
  });
});

describe('the drills', () => {
  it('are shown to auditors and administrators', async () => {
    for (const shown of [auditor, administrator]) {
      expect(await application.get('/api/backups', shown)).toMatchObject({ status: 200, body: { drills: [] } });
    }
    expect((await application.get('/api/backups', clerk)).status).toBe(403);
  });
});
