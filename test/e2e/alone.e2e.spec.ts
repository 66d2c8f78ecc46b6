import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { applicationDataSource } from '../../libs/database/data-source';
import { DataFolder } from '../support/data-folder';
import { freePort, takePort } from '../support/free-port';
import { buildPrograms, killPrograms, Program } from '../support/program';
import { bearer } from '../support/signed-in';
import { createSmallRegistry, entry } from '../support/small-registry';

jest.setTimeout(120_000);

let folder: DataFolder;
let port: number;
let shown: Record<string, string> = {};

beforeAll(async () => {
  await buildPrograms();
  folder = await DataFolder.make();
  port = await freePort();
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await folder?.remove();
});

function start(environment: Record<string, string> = {}): Promise<Program> {
  return Program.start('alone', ['--office'], { DATA_DIR: folder.path, PORT: String(port), ...environment });
}

async function startReady(environment: Record<string, string> = {}): Promise<Program> {
  const program = await start(environment);
  const [, address] = await program.says(/Marrow Ledger is ready \([\d.]+ s\): (http:\/\/[\d.:]+)\. /);
  expect(address).toBe(`http://127.0.0.1:${port}`);
  return program;
}

async function read(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: shown });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the program alone', () => {
  it('says that its port is taken and what to set, and leaves no database behind', async () => {
    const taken = await takePort();
    try {
      const { code, stderr } = await (await start({ PORT: String(taken.port) })).ended;
      expect(code).toBe(1);
      expect(stderr).toContain(
        `端口 ${taken.port} 已被其他程序占用。请换一个，例如 PORT=${taken.port + 1} npm start。`,
      );
      expect(stderr).toContain(`Port ${taken.port} is taken`);
      expect(await folder.databaseProcess()).toBeUndefined();
    } finally {
      taken.server.close();
    }
  });

  it('says when it is ready and where, listens on this machine alone unless HOST says otherwise, and prints the way in', async () => {
    const program = await startReady();
    expect(await read('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(await read('/api/status')).toMatchObject({ status: 401, body: { code: 'sign_in_needed' } });
    const [, token = ''] = await program.says(/还没有管理员。.*\/#setup=(0\.[\w-]{43})\n/);
    await program.says(/There is no administrator yet\. .*\/#setup=/);
    const input = {
      token,
      registry: { code: 'hn' },
      administrator: { name: 'li.na', password: '半夏 长桥 松屏 二十一' },
    };
    const setUp = await fetch(`http://127.0.0.1:${port}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    // The link is good; the registry's code is not.
    expect(await setUp.json()).toMatchObject({ field: 'registry.code' });

    // Another address of this very machine.
    const elsewhere = connect(port, '127.0.0.2');
    await expect(once(elsewhere, 'connect')).rejects.toThrow();
    elsewhere.destroy();

    expect(await program.kill('SIGINT')).toMatchObject({ code: 0 });
    expect(await folder.databaseProcess()).toBeUndefined();
  });

  it('says that its address is none of this machine’s', async () => {
    const { code, stderr } = await (await start({ HOST: '192.0.2.1' })).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/监听地址 HOST=192\.0\.2\.1 不可用[^]*HOST=192\.0\.2\.1 cannot be listened on/);
    expect(stderr).not.toContain('占用');
  });

  it('can be reached from elsewhere where HOST says so, and says that', async () => {
    const program = await startReady({ HOST: '0.0.0.0' });
    await program.says(/在本机所有地址（0\.0\.0\.0）上监听[^]*every address of this machine \(0\.0\.0\.0\)/);
    const elsewhere = await fetch(`http://127.0.0.2:${port}/health/live`);
    expect(elsewhere.status).toBe(200);
    expect(await program.kill('SIGTERM')).toMatchObject({ code: 0 });
  });

  it('says to a second start that it is running already, and where', async () => {
    const program = await startReady();
    const second = await (await start({ PORT: String(await freePort()) })).ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`髓缘台账已经在运行：http://127.0.0.1:${port}。`);
    expect(second.stderr).toContain(`Marrow Ledger is running already: http://127.0.0.1:${port}.`);
    const third = await (await start()).ended;
    expect(third).toMatchObject({ code: 1, stderr: expect.stringContaining('已经在运行') });

    expect((await read('/health/live')).status).toBe(200);
    expect(await program.kill('SIGTERM')).toMatchObject({ code: 0 });
    expect(await folder.databaseProcess()).toBeUndefined();
  });

  it('killed, leaves its database running; the next start takes it over with all that it holds', async () => {
    const killed = await startReady();
    await killed.kill('SIGKILL');
    const database = await folder.databaseProcess();
    expect(database).toBeDefined();
    const source = await applicationDataSource(await folder.ownerUrl('marrow_office'), 1).initialize();
    await createSmallRegistry(source);
    shown = await bearer(source, 'clerk').finally(() => source.destroy());

    const next = await startReady();
    expect(await folder.databaseProcess()).toBe(database);
    expect((await read('/api/status')).body).toMatchObject({ registry: { nameZh: '测试省' }, root: 'P' });
    const one = entry({ quantity: '17' });
    const posted = await fetch(`http://127.0.0.1:${port}/api/entries`, {
      method: 'POST',
      headers: { ...shown, 'content-type': 'application/json' },
      body: JSON.stringify(one),
    });
    expect(posted.status).toBe(201);
    await next.kill('SIGKILL');

    const last = await startReady();
    expect((await read(`/api/entries/${one.id}`)).body).toMatchObject({ id: one.id, quantity: '17' });
    // What the killed one had no time to compute is computed at the start.
    expect((await read('/health/ready')).status).toBe(200);
    const { body } = await read('/api/metrics/values?period=2024-05&keys=registry.recruited');
    expect(body).toMatchObject({ values: [{ value: '17' }] });
    expect(await last.kill('SIGTERM')).toMatchObject({ code: 0 });
    expect(await folder.databaseProcess()).toBeUndefined();
  });
});

describe('a wrong variable', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', '3000a'],
    ['HOST', 'no host'],
    ['TRUSTED_PROXY', 'proxy.example'],
    ['DATABASE_URL', 'mysql://localhost/ledger'],
    ['DATABASE_OWNER_URL', 'postgres://localhost/ledger'],
    ['REDIS_URL', 'localhost:6379'],
    ['DATA_DIR', __filename],
  ])('%s=%s stops the start with a sentence that names it', async (name, value) => {
    const empty = await DataFolder.make();
    try {
      const { code, stdout, stderr } = await (await start({ DATA_DIR: empty.path, [name]: value })).ended;
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^${name} 应.*\n${name} must .*\n$`));
      expect(await readdir(empty.path)).toEqual([]);
    } finally {
      await empty.remove();
    }
  });
});
