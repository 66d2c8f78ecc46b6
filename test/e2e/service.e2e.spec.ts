import { Workbook } from 'exceljs';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { KINDS } from '../../libs/catalogue/kinds';
import { METRICS } from '../../libs/catalogue/metrics';
import { REASONS } from '../../libs/catalogue/reasons';
import { recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { HttpApplication } from '../support/http-application';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('a registry that is served', () => {
  let database: TestDatabase;
  let application: HttpApplication;

  beforeAll(async () => {
    database = await createTestDatabase();
    const { source, url } = database;
    await createSmallRegistry(source);
    await append(source, ...opening(), entry({ quantity: '12345' }));
    await recompute(source, REGISTRY);
    application = await HttpApplication.start({ databaseUrl: url }, { worker: false });
  });

  afterAll(async () => {
    await application?.close();
    await database?.drop();
  });

  it('describes every route in OpenAPI', async () => {
    const { status, body } = await application.get('/api/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: expect.stringMatching(/^3\./), info: { version: '1' } });
    // Which routes there are stands in access.e2e.spec.ts, with who may ask them.
    const operations = Object.values<Record<string, { summary?: string; responses?: object }>>(body.paths);
    for (const operation of operations.flatMap((methods) => Object.values(methods))) {
      expect(operation.summary).toMatch(/\w/);
      expect(Object.keys(operation.responses ?? {}).length).toBeGreaterThan(0);
    }
    expect(Object.keys(body.paths['/api/session'].get.responses)).toEqual(expect.arrayContaining(['200', '204']));
    // Nothing that is referred to is missing.
    const references = JSON.stringify(body).match(/#\/components\/schemas\/[^"]+/g) ?? [];
    for (const name of references) expect(Object.keys(body.components.schemas)).toContain(name.split('/').at(-1));
  });

  it('lives, and is ready once no mark waits', async () => {
    expect(await application.get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await application.get('/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', waiting: 0 },
    });
    expect((await application.post('/api/entries', entry())).status).toBe(201);
    expect(await application.get('/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'computing', waiting: 1 },
    });
    expect((await application.get('/api/status')).body).toMatchObject({
      position: '2',
      computedPosition: '1',
      waiting: 1,
    });
    await recompute(database.source, REGISTRY);
    expect(await application.get('/health/ready')).toMatchObject({ status: 200, body: { waiting: 0 } });
  });

  it('says which registry it is and how far it has come', async () => {
    await verify(database.source, REGISTRY);
    const { status, body } = await application.get('/api/status');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      registry: { nameZh: '测试省', nameEn: 'Test Province', demonstration: false, firstDay: '2023-01-01' },
      root: 'P',
      latestYear: expect.stringMatching(/^\d{4}$/),
      latestMonth: '2024-05',
      waiting: 0,
      verification: {
        ...{ drift: '0', checked: expect.stringMatching(/^\d+$/), finishedAt: expect.any(String) },
        seals: { checked: 0, drift: 0 },
      },
    });
    expect(body.position).toBe(body.computedPosition);
  });

  it('has its orgs as a tree, the root first', async () => {
    const { body } = await application.get('/api/orgs');
    expect(body.map(({ org, parent, level }: Record<string, string>) => [org, parent, level])).toEqual([
      ['P', null, 'registry'],
      ['A', 'P', 'city'],
      ['A1', 'A', 'county'],
      ['B', 'P', 'city'],
    ]);
    expect(body[1]).toEqual({ org: 'A', parent: 'P', level: 'city', nameZh: '甲市', nameEn: 'City A', closedOn: null });
  });

  it('has its catalogue', async () => {
    const { body } = await application.get('/api/catalogue');
    const { families, ...definitions } = body;
    expect(definitions).toEqual(
      JSON.parse(JSON.stringify({ kinds: KINDS, reasons: REASONS, metrics: METRICS, indicators: INDICATORS })),
    );
    expect(families.flatMap(({ kinds }: { kinds: string[] }) => kinds)).toEqual(KINDS.map(({ code }) => code));
  });

  it('has the targets that were set', async () => {
    await database.source.query(
      `insert into target (registry_id, org, period, key, version, operator, value, recorded_at, recorded_by)
        values (1, 'P', '2024', 'registry.recruited', 1, 'ge', 12000, now(), 'officer')`,
    );
    expect((await application.get('/api/targets?period=2024')).body).toMatchObject({
      targets: [{ org: 'P', period: '2024', key: 'registry.recruited', operator: 'ge', value: '12000' }],
    });
    expect((await application.get('/api/targets?period=2024&org=A')).body).toEqual({ targets: [] });
  });

  it('fills the self-assessment', async () => {
    const { status, body } = await application.get('/api/assessments/hunan/2024');
    expect(status).toBe(200);
    const { filled, record } = body;
    expect([filled.form.code, record.revision, record.state]).toEqual(['hunan', 0, 'draft']);
    const recruited = filled.lines.find(({ code }: { code: string }) => code === 'recruited');
    expect(recruited).toMatchObject({ actual: '12346', state: 'value', source: { key: 'registry.recruited' } });
    expect(filled.lines.find(({ code }: { code: string }) => code === 'screened')).toMatchObject({
      actual: null,
      state: 'missing',
    });
    expect(filled.complete).toBe(false);
  });

  it('prints the self-assessment as a workbook that opens', async () => {
    const { status, type, body } = await application.get('/api/assessments/hunan/2024/files/form.xlsx');
    expect(status).toBe(200);
    expect(type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const workbook = new Workbook();
    await workbook.xlsx.load(body);
    const texts: string[] = [];
    workbook.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => texts.push(cell.text))));
    expect(texts.join('\n')).toContain('测试省');
    expect(texts.join('\n')).toMatch(/招募人数/);
    expect(texts.join('\n')).toMatch(/12346|12,346/);
  });

  it.each([
    '/api/assessments/anhui/2024',
    '/api/assessments/anhui/2024/files/form.xlsx',
    '/api/assessments/hunan/2024-Q1',
  ])('has nothing at %s', async (path) => {
    const answer = await application.get(path);
    expect(answer).toMatchObject({ status: 404, body: { code: 'assessment_unknown' } });
    expect(answer.type).toMatch(/^application\/problem\+json/);
  });
});

describe('a database without a registry', () => {
  let database: TestDatabase;
  let application: HttpApplication;

  beforeAll(async () => {
    database = await createTestDatabase();
    application = await HttpApplication.start({ databaseUrl: database.url });
  });

  afterAll(async () => {
    await application?.close();
    await database?.drop();
  });

  it('is ready, and says what it needs', async () => {
    expect((await application.get('/health/ready')).status).toBe(200);
    expect(await application.get('/api/setup')).toMatchObject({ status: 200, body: { need: 'registry' } });
  });

  it.each([
    'status',
    'catalogue',
    'orgs',
    'metrics/values?period=2024',
    'entries/42',
    'assessments/hunan/2024/files/form.xlsx',
  ])('answers /api/%s with that nobody is signed in', async (path) => {
    const answer = await application.get(`/api/${path}`);
    expect(answer).toMatchObject({ status: 401, body: { code: 'sign_in_needed' } });
    expect(answer.type).toMatch(/^application\/problem\+json/);
  });

  it('lets nobody in', async () => {
    const answer = await application.post('/api/session', { name: 'admin', password: 'admin' });
    expect(answer).toMatchObject({ status: 401, body: { code: 'sign_in_refused' } });
  });

  it('is served as soon as there is one', async () => {
    await createSmallRegistry(database.source);
    expect(await application.post('/api/entries', entry())).toMatchObject({ status: 201 });
  });
});
