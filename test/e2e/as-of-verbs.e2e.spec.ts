import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  await buildPrograms();
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-verbs-'));
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, entry({ occurredOn: '2023-01-05', quantity: '30' }));
  await closeAndRecompute(database.source, REGISTRY, '2023-01', '李主任');
  await append(database.source, entry({ occurredOn: '2023-02-05', quantity: '12' }));
  await recompute(database.source, REGISTRY);
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, ...args);
}

it('report tells the figures as they stood', async () => {
  const { stdout } = await run('report', '--period', '2023', '--as-of', 'seal:2023-01', '--format', 'json');
  const rows: { key: string; value: string }[] = JSON.parse(stdout);
  expect(rows.find(({ key }) => key === 'registry.recruited')?.value).toBe('30');
});

it('a year is no moment to look back to, for there are positions of that number', async () => {
  const refused = await run('report', '--period', '2023', '--as-of', '2023');
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('position:2023') });
  expect(await run('target', 'list', '--as-of', '2023')).toMatchObject({ code: 1, stdout: '' });
  expect(await run('target', 'list', '--as-of', 'seal:2023-01', '--format', 'json')).toMatchObject({ stdout: '[]\n' });
});

it('changes tells which figures changed, and by which entries', async () => {
  const asked = ['changes', '--period', '2023', '--since', 'seal:2023-01'];
  expect((await run(...asked)).stdout).toMatch(/30\s+42\s+12/);
  const { stdout } = await run(...asked, '--key', 'registry.recruited', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ then: { value: '30' }, now: { value: '42' }, total: { sum: '12' } });
  expect(await run('changes', '--period', '2023', '--since', '2999-01-01')).toMatchObject({ code: 1, stdout: '' });
});

it('entries writes the whole list behind a figure', async () => {
  const asked = ['entries', '--key', 'registry.recruited', '--period', '2023', '--format'];
  expect((await run(...asked, 'csv')).stdout).toMatch(/合计（共 2 条）.*,42\r\n$/);
  expect(JSON.parse((await run(...asked, 'json')).stdout)).toMatchObject({ rows: { length: 2 } });
  expect(await run(...asked, 'xlsx')).toMatchObject({ code: 1 });
  const file = join(folder, 'list.xlsx');
  expect(await run(...asked, 'xlsx', '--file', file)).toMatchObject({ code: 0 });
  expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK');
});
