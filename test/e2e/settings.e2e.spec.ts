import type { DataSource } from 'typeorm';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { METRICS } from '../../libs/catalogue/metrics';
import { recompute } from '../../libs/indicators/recompute';
import { HttpApplication } from '../support/http-application';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { makeAccount, pageOf } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const KEYS = [...METRICS, ...INDICATORS].map(({ key }) => key);
const GROSS = { key: 'stock', choice: 'gross', since: '2024-05', reason: '省里统一口径' };

let database: TestDatabase;
let source: DataSource;
let application: HttpApplication;
let administrator: Record<string, string>;
let clerk: Record<string, string>;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  source = database.source;
  await createSmallRegistry(source);
  await append(source, ...opening());
  await append(source, entry({ kind: 'DonorWithdrawn', outcome: 'from_available', reason: 'DO', donorCode: 'W1' }));
  await recompute(source, REGISTRY);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: true });
  administrator = await pageOf(source, await makeAccount(source, 'administrator'));
  clerk = await pageOf(source, await makeAccount(source, 'clerk'));
}, 180_000);

afterAll(async () => {
  await application?.close();
  await killPrograms();
  await database?.drop();
});

function choosing(body: object) {
  const headers = { ...administrator, 'content-type': 'application/json' };
  return application.ask('/api/settings', { method: 'POST', headers, body: JSON.stringify(body) });
}

function run(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, ...args);
}

/** What the stock of the year is told to be, once its values are computed by the choices there are. */
async function stockWith(version: number): Promise<{ value: string; changes: unknown[] }> {
  for (;;) {
    const { body } = await application.get('/api/metrics/values?period=2024&keys=registry.stock_eop', clerk);
    const [value] = body.values ?? body;
    if (value.version === version) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the cards', () => {
  it('are one for each metric and indicator', async () => {
    const { status, body } = await application.get('/api/catalogue/cards', clerk);
    expect(status).toBe(200);
    expect(body.cards.map(({ key }: { key: string }) => key)).toEqual(KEYS);
  });

  it('say of an unknown figure that there is none', async () => {
    const { status, body } = await application.get('/api/catalogue/cards/registry.unknown', clerk);
    expect([status, body.code]).toEqual([422, 'key_unknown']);
  });

  it('are printed', async () => {
    const { code, stdout } = await run('card', 'registry.stock_eop');
    expect(code).toBe(0);
    expect(stdout).toContain('自建账起至期末累计：期初库容 + 入库 − 退库');
    expect(stdout).toContain('net（缺省）');
    const all = JSON.parse((await run('card', '--format', 'json')).stdout);
    expect(all.map(({ key }: { key: string }) => key)).toEqual(KEYS);
  });
});

describe('a setting', () => {
  it('is chosen by the page, and every value follows by itself', async () => {
    expect(await choosing(GROSS)).toMatchObject({ status: 201, body: { number: 1 } });

    expect(await stockWith(1001)).toMatchObject({
      value: '1000',
      changes: [{ key: 'registry.stock_eop', version: 1001, since: '2024-05' }],
    });
    const { body } = await application.get('/api/settings', clerk);
    const stock = body.settings.find(({ key }: { key: string }) => key === 'stock');
    expect(body.firstOpen).toBe('2023-01');
    expect(stock.timeline).toEqual([{ number: 1, choice: 'gross', since: '2024-05' }]);
  });

  it('makes a version of the card, which can be held against the one before', async () => {
    const path = '/api/catalogue/cards/registry.stock_eop';
    const { body } = await application.get(path, clerk);
    expect(body.versions.map(({ name }: { name: string }) => name)).toEqual(['1', '1.1']);
    const compared = await application.get(`${path}?compare=1,1.1`, clerk);
    expect(compared.body.removed).toEqual([{ label: { zh: '退库', en: 'donor withdrawn' }, times: '-1' }]);
    const other = await application.get(`${path}?compare=1,9`, clerk);
    expect([other.status, other.body.code]).toEqual([422, 'version_unknown']);
  });

  it.each([
    [{ ...GROSS, choice: 'blue' }, 'choice_unknown'],
    [{ ...GROSS, since: '2022-12' }, 'setting_month_closed'],
    [GROSS, 'setting_unchanged'],
  ])('%j is refused with a sentence', async (body, code) => {
    const answer = await choosing(body);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  it('is chosen by the command line', async () => {
    const chosen = await run('setting', 'choose', 'stock', 'net', '--since', '2024-08', '--reason', '改回净口径');
    expect(chosen).toMatchObject({ code: 0, stderr: expect.stringContaining('2024-08') });
    expect((await run('setting', 'list')).stdout).toMatch(/stock\s+gross.*2024-05/);
    const refused = await run('setting', 'choose', 'stock', 'net', '--since', '2024-08', '--reason', '改回净口径');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('已经是这个选择') });
  });
});
