import { Ajv2020 } from 'ajv/dist/2020';
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { TOPICS, type Topic } from '../../libs/deliveries/subscription-input';
import { FORMS } from '../../libs/assessment/forms/shipped-forms';
import { rebuild, recompute } from '../../libs/indicators/recompute';
import { notifyWorklists } from '../../libs/ledger/notify-worklists';
import { dataFile } from '../../libs/reports/assessment-files';
import { FEED_SCHEMA } from '../../libs/reports/feed-schema';
import { closeMonths, explainAll, freeze, go, SMALL_FILES } from '../support/assessing';
import { closeHalfYear, freezeAt } from '../support/frozen-assessments';
import { HttpApplication, NOBODY } from '../support/http-application';
import { principalOf } from '../support/principals';
import { bearer, makeAccount, tokenOf } from '../support/signed-in';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajv.addSchema(FEED_SCHEMA, 'feed');

let database: TestDatabase;
let source: DataSource;
let application: HttpApplication;
let program: { authorization: string };

beforeAll(async () => {
  database = await createTestDatabase();
  ({ source } = database);
  await createSmallRegistry(source);
  const screened = (agreed: string) => [['ScreenRequested'], ['ScreenAnswered', agreed]] as [string, string?][];
  await append(
    source,
    ...opening('A'),
    ...['A', 'A1', 'B', 'P'].map((org, at) => entry({ org, occurredOn: '2023-01-10', quantity: `${at + 1}` })),
    ...caseEntries('2023-01-10', screened('agreed')),
    ...caseEntries('2023-01-11', screened('refused')),
    ...caseEntries('2023-08-12', [['ScreenRequested']]),
  );
  await recompute(source, REGISTRY);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  const administrator = await bearer(source, 'administrator');
  for (const topic of TOPICS) {
    const wanted = { topic, via: 'webhook', address: 'http://127.0.0.1:9/' };
    const { body } = await application.post('/api/subscriptions', wanted, administrator);
    expect((await application.post(`/api/subscriptions/${body.id}/test`, {}, administrator)).status).toBe(200);
  }
  await closeHalfYear(source, '2023');
  const reader = await makeAccount(source, 'auditor');
  const token = await tokenOf(source, reader, ['figures.read', 'assessments.read']);
  program = { authorization: `Bearer ${token}` };
});

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

/** As it came, with its tag. */
async function read(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${application.url}/api/feed/${path}`, { headers: { ...program, ...headers } });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, tag: response.headers.get('etag') ?? '', headers: response.headers, bytes };
}

function expectValid(of: string, answer: unknown): void {
  for (const name of [`feed#/$defs/${of}`, 'feed']) {
    const check = ajv.getSchema(name);
    if (!check) throw new Error(`there is no schema ${name}`);
    check(answer);
    expect(check.errors ?? []).toEqual([]);
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('the feed of a period', () => {
  it('holds every figure as the pages show it, with its seal, and is as its schema says', async () => {
    const { bytes, headers } = await read('indicators/2023-01');
    const feed = JSON.parse(bytes.toString());
    expectValid('indicators', feed);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    const asked = await Promise.all(
      ['metrics', 'indicators'].map((kind) => application.get(`/api/${kind}/values?period=2023-01`)),
    );
    const shown = asked.flatMap(({ body }) => body.values as Record<string, unknown>[]);
    expect(feed.figures).toHaveLength(shown.length);
    const { body: seal } = await application.get('/api/seals/2023-01');
    for (const [at, figure] of feed.figures.entries()) {
      expect(shown[at]).toMatchObject(without(without(figure, 'kind'), 'position'));
      expect(figure.position).toBe(shown[at]?.position === null ? null : seal.position);
    }
    const agreed = feed.figures.find(({ numerator }: Record<string, unknown>) => numerator === '1');
    expect(agreed).toMatchObject({ kind: 'indicator', denominator: '2', state: 'value', unit: '%' });
    expect(feed).toMatchObject({
      ...{ feed: 'indicators', period: '2023-01', org: 'P', by: null, upToDate: true, sealed: true },
      seal: { number: 1, hash: seal.hash, position: seal.position },
    });
  });

  it('by org also holds the registry’s own and its cities; an open period has no seal', async () => {
    const feed = JSON.parse((await read('indicators/2023-07?by=org')).bytes.toString());
    expectValid('indicators', feed);
    const scopes = new Set(feed.figures.map(({ org, own }: { org: string; own: boolean }) => `${org} ${own}`));
    expect([...scopes]).toEqual(['P false', 'P true', 'A false', 'B false']);
    expect(feed).toMatchObject({ sealed: false, seal: null, by: 'org' });
  });

  it('is the same bytes under the same tag until a figure moves, and is not sent to who has them', async () => {
    const first = await read('indicators/2023-08');
    expect(first.tag).toBe(`"${sha256(first.bytes)}"`);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    for (const known of [first.tag, `"other", W/${first.tag}`, '*']) {
      const again = await read('indicators/2023-08', { 'if-none-match': known });
      expect({ ...again, headers: null }).toEqual({ status: 304, tag: first.tag, headers: null, bytes: Buffer.of() });
    }
    const closed = await read('indicators/2023-01');
    await append(source, entry({ occurredOn: '2023-08-02', quantity: '3' }));
    await recompute(source, REGISTRY);
    const moved = await read('indicators/2023-08', { 'if-none-match': first.tag });
    expect(moved.status).toBe(200);
    expect(moved.tag).not.toBe(first.tag);
    expect(moved.tag).toBe(`"${sha256(moved.bytes)}"`);
    expect((await read('indicators/2023-01', { 'if-none-match': closed.tag })).status).toBe(304);
  });

  it('of a sealed period is the same bytes through late entries, new orgs and a rebuild', async () => {
    const paths = ['indicators/2023-01', 'indicators/2023-01?by=org', 'indicators/2023-Q1?by=org'];
    const tags = async () => (await Promise.all(paths.map((path) => read(path)))).map(({ tag }) => tag);
    const before = await tags();
    await append(source, entry({ occurredOn: '2023-01-31', quantity: '9', justification: '乡镇表迟到' }));
    expect(await tags()).toEqual(before);
    await source.query(
      `insert into org (registry_id, org, parent, level, name_zh, name_en) values (1, 'N', 'P', 'city', '丙市', 'City N')`,
    );
    await rebuild(source, REGISTRY);
    expect(await tags()).toEqual(before);
    expect((await read('indicators/2023-08?by=org')).bytes.toString()).toContain('"org":"N"');
  });

  it('says when entries wait to be computed', async () => {
    await append(source, entry({ occurredOn: '2023-10-02' }));
    expect(JSON.parse((await read('indicators/2023-10')).bytes.toString()).upToDate).toBe(false);
    await recompute(source, REGISTRY);
    expect(JSON.parse((await read('indicators/2023-10')).bytes.toString()).upToDate).toBe(true);
  });

  it('refuses a period that cannot be read, and who may read no figures', async () => {
    const wrong = await application.get('/api/feed/indicators/2023-13');
    expect(wrong).toMatchObject({ status: 422, body: { code: 'period_not_readable' } });
    expect((await application.get('/api/feed/indicators/2023', NOBODY)).status).toBe(401);
    const token = await tokenOf(source, await makeAccount(source, 'clerk'), ['catalogue.read']);
    const refused = await application.get('/api/feed/indicators/2023', { authorization: `Bearer ${token}` });
    expect(refused).toMatchObject({ status: 403, body: { code: 'permission_missing' } });
  });
});

describe('the feed of assessments', () => {
  const address = { org: 'P', form: 'hunan', period: '2023-H1', project: '', revision: 1 };

  it('lists what is frozen, each with the hash of what stands at its path for ever', async () => {
    expect(JSON.parse((await read('assessments')).bytes.toString()).assessments).toEqual([]);
    expect((await read('assessments/hunan/2023-H1')).status).toBe(404);
    await freezeAt(source, address, { revision: 1 });
    await freezeAt(source, { ...address, revision: 2 }, { revision: 2 });
    const list = JSON.parse((await read('assessments')).bytes.toString());
    expectValid('assessments', list);
    expect(list.assessments).toMatchObject([address, { ...address, revision: 2 }]);
    for (const { path, sha256: hash, revision } of list.assessments) {
      const { bytes, tag } = await read(path.replace('/api/feed/', ''));
      expect({ tag, hash }).toEqual({ tag: `"${hash}"`, hash: sha256(bytes) });
      expect(JSON.parse(bytes.toString())).toEqual({ revision });
    }
    const last = await read('assessments/hunan/2023-H1');
    expect(JSON.parse(last.bytes.toString())).toEqual({ revision: 2 });
    expect((await read('assessments/hunan/2023-H1', { 'if-none-match': last.tag })).status).toBe(304);
  });

  it('is of the caller’s orgs alone', async () => {
    const elsewhere = await bearer(source, 'officer', { org: 'B' });
    expect((await application.get('/api/feed/assessments', elsewhere)).body.assessments).toEqual([]);
    const refused = await application.get('/api/feed/assessments/hunan/2023-H1?org=P', elsewhere);
    expect(refused).toMatchObject({ status: 422, body: { code: 'org_unknown' } });
    const own = await application.get('/api/feed/assessments/hunan/2023-H1', elsewhere);
    expect(own).toMatchObject({ status: 404, body: { code: 'assessment_unknown' } });
  });

  it('gives its schema to anybody, which is one of 2020-12, and what webhooks are told is as it says', async () => {
    const { body, headers } = await application.get('/api/feed/schema.json', NOBODY);
    expect(body).toEqual(JSON.parse(JSON.stringify(FEED_SCHEMA)));
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
    expect(ajv.validateSchema(body)).toBe(true);
    await notifyWorklists(source, REGISTRY, new Date('2023-09-01T08:00:00+08:00'));
    const told: { body: { topic: Topic | 'test' } }[] = await source.query('select body from delivery');
    expect(new Set(told.map(({ body: { topic } }) => topic))).toEqual(new Set([...TOPICS, 'test']));
    const shapes = { months: 'months', assessments: 'assessment', worklists: 'worklists', test: 'test' };
    for (const { body: notice } of told) expectValid(`${shapes[notice.topic]}Notice`, notice);
  });
});

describe('an assessment that goes its way', () => {
  beforeAll(() => closeMonths(source, '2023-07', '2024-06'), 60_000);

  it.each(FORMS.filter(({ scope }) => scope === 'unit').map(({ code }) => code))(
    'holds the form %s, frozen on its way, as its schema says, and who wants to is told of it once',
    async (form) => {
      const asked = { registryId: REGISTRY, form, period: '2024-H1' };
      const [officer, reviewer, approver] = await Promise.all(
        (['officer', 'reviewer', 'reviewer'] as const).map(async (role) =>
          principalOf(source, await makeAccount(source, role)),
        ),
      );
      if (!officer || !reviewer || !approver) throw new Error('three were made');
      await explainAll(source, officer, asked);
      await go(source, reviewer, asked, 'reviewed');
      await go(source, approver, asked, 'approved');
      await freeze(source, approver, asked, async (opened, at) =>
        (await SMALL_FILES(opened, at)).map((file) =>
          file.kind === 'data.json' ? { ...file, bytes: dataFile(opened) } : file,
        ),
      );
      const { bytes, tag } = await read(`assessments/${form}/2024-H1`);
      const data = JSON.parse(bytes.toString());
      expectValid('assessment', data);
      expect(data).toMatchObject({ feed: 'assessment', form, period: '2024-H1', state: 'frozen' });
      const told: { body: object }[] = await source.query(
        `select body from delivery where body ->> 'form' = $1 and body ->> 'period' = '2024-H1'`,
        [form],
      );
      expect(told).toMatchObject([{ body: { sha256: tag.slice(1, -1) } }]);
    },
  );
});

function without(row: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
}
