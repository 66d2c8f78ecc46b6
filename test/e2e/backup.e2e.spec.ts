import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let folder: string;
const emptied: string[] = [];

beforeAll(async () => {
  await buildPrograms();
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-backup-'));
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, entry(), entry());
  await closeAndRecompute(database.source, REGISTRY, '2023-01', '李主任');
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  for (const name of emptied) await onServer(`drop database if exists ${name} with (force)`);
  await rm(folder, { recursive: true, force: true });
});

async function onServer(statement: string, url = process.env.TEST_OWNER_URL): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function run(verb: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const urls = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: folder };
  return ledger({ ...urls, ...environment }, ...verb);
}

async function emptyDatabase(): Promise<Record<'DATABASE_URL' | 'DATABASE_OWNER_URL', string>> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  emptied.push(name);
  await onServer(`create database ${name} template template0`);
  const urlOf = (url = '') => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    DATABASE_URL: urlOf(process.env.TEST_APPLICATION_URL),
    DATABASE_OWNER_URL: urlOf(process.env.TEST_OWNER_URL),
  };
}

describe('backup and restore', () => {
  it('make a key and a file that both are for their owner alone, and bring everything back', async () => {
    const made = await run(['backup']);
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('请另存一份到别处') });
    const path = made.stdout.split('\n', 1).join();
    expect(made.stdout).toContain('已写入并回读核对');
    for (const file of [path, join(folder, 'backup.key')]) expect((await stat(file)).mode & 0o077).toBe(0);

    const target = await emptyDatabase();
    const restored = await run(['restore', path], target);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(restored.stdout).toMatch(/已恢复[^]*不符 0 个[^]*问题 0 处；1 个封存，不符 0 处/);
    expect(await run(['verify'], target)).toMatchObject({ code: 0 });
    expect(await run(['restore', path], target)).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringMatching(/不是空的[^]*overwrites nothing/),
    });
  });

  it('use the key that is named, and refuse another with a sentence', async () => {
    const key = join(folder, 'office.key');
    await writeFile(key, 'a passphrase of some length\n');
    const to = join(folder, 'elsewhere');
    expect(await run(['backup', '--to', to], { MARROW_BACKUP_KEY_FILE: key })).toMatchObject({ code: 0, stderr: '' });
    const [file = ''] = await readdir(to);

    const refused = await run(['restore', join(to, file)], await emptyDatabase());
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^密钥不对/) });
    expect(refused.stderr).not.toMatch(/^\s+at /m);
    expect(await run(['backup'], { MARROW_BACKUP_KEY_FILE: join(folder, 'none') })).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringContaining('MARROW_BACKUP_KEY_FILE'),
    });
  });

  it('say that there is no such file', async () => {
    const refused = await run(['restore', '/no/such/file'], await emptyDatabase());
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^找不到备份文件/) });
    expect(refused.stderr).not.toMatch(/^\s+at /m);
  });

  it('leave a row in the audit log each', async () => {
    const rows = await database.source.query(
      `select actor, act, result from audit_act where act like 'backup%' order by seq`,
    );
    expect(rows).toEqual([
      { actor: 'cli', act: 'backup.make', result: 'done' },
      { actor: 'cli', act: 'backup.make', result: 'done' },
    ]);
  });

  it('say of a restored seal that does not hold, and end with 1', async () => {
    const spoilt = (state: string, statement: string) => `alter table sealed_value ${state} trigger user; ${statement}`;
    const columns = `(registry_id, period, number, org, own, key, state, version)`;
    const added = `insert into sealed_value ${columns} values (1, '2023-01', 1, 'A', true, 'x', 'zero', 1)`;
    await onServer(spoilt('disable', added), database.ownerUrl);
    const { stdout } = await run(['backup', '--to', join(folder, 'spoilt')]);
    await onServer(spoilt('disable', `delete from sealed_value where key = 'x'`), database.ownerUrl);
    await onServer(spoilt('enable', 'select 1'), database.ownerUrl);
    expect(await run(['restore', stdout.split('\n', 1).join()], await emptyDatabase())).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('1 个封存，不符 1 处'),
    });
  });
});

describe('drill', () => {
  it('restores beside the office, says what it found, and keeps it', async () => {
    const { code, stdout } = await run(['drill']);

    expect(stdout).toMatch(/marrow-\d{8}-\d{6}\.mlbackup 已试恢复，2 条登记/);
    expect(stdout).toMatch(/审计记录 \d+ 条，问题 0 处。 Restored, 2 entries, [^{}]*, 0 findings\.\n/);
    expect(code).toBe(0);
    const [kept] = await database.source.query('select entries, drift, problem from backup_drill');
    expect(kept).toEqual({ entries: '2', drift: '0', problem: null });
  });
});

describe('verify --audit', () => {
  it('ends with 0 and the last hash, and with 1 and the number of an act that was changed', async () => {
    const sound = await run(['verify', '--audit']);
    expect(sound).toMatchObject({ code: 0, stdout: expect.stringContaining('发现问题 0 处') });
    const [, known = ''] = /noted elsewhere: (\d+:[0-9a-f]{64})\n/.exec(sound.stdout) ?? [];
    expect(await run(['verify', '--audit', '--known', known])).toMatchObject({ code: 0 });
    expect(await run(['verify', '--audit', '--known', 'nonsense'])).toMatchObject({ code: 1, stdout: '' });
    expect(await run(['verify', '--audit', '--known', `${known.slice(0, -64)}${'0'.repeat(64)}`])).toMatchObject({
      ...{ code: 1, stdout: expect.stringContaining('与此前记下的指纹不同') },
    });

    await onServer(
      `alter table audit_act disable trigger user; update audit_act set actor = '别人' where seq = 2;
        alter table audit_act enable trigger user`,
      database.ownerUrl,
    );
    expect(await run(['verify', '--audit'])).toMatchObject({ code: 1, stdout: expect.stringContaining('第 2 条') });
    const json = await run(['verify', '--audit', '--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ broken: 1, findings: [{ seq: 2, problem: 'changed' }] });
    expect(await run(['verify'])).toMatchObject({ code: 1 });
  });
});

it('the key file holds nothing that the output shows', async () => {
  const key = (await readFile(join(folder, 'backup.key'), 'utf8')).trim();
  expect(key.length).toBeGreaterThanOrEqual(40);
  expect((await run(['backup'])).stdout).not.toContain(key);
});
