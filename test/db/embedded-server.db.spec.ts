import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { EmbeddedServer, openEmbeddedServer } from '../../libs/database/embedded-server';

const SETTINGS = { fsync: 'off', shared_buffers: '16MB' };
const asRoot = process.getuid?.() === 0 ? it : it.skip;

let folder: string;
let dataDir: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-embedded-'));
  await chmod(folder, 0o755);
  dataDir = join(folder, 'office');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (path = dataDir): Promise<EmbeddedServer> => openEmbeddedServer({ dataDir: path, settings: SETTINGS });

async function ask<Row>(url: string, statement: string): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that is the program at `address`, until it is killed. */
async function startProgram(address: string) {
  const script = `
    require.extensions['.ts'] = (module, file) =>
      module._compile(require('@swc/core').transformFileSync(file).code, file);
    const { openEmbeddedServer } = require('./libs/database/embedded-server.ts');
    openEmbeddedServer(${JSON.stringify({ dataDir, settings: SETTINGS })})
      .then((server) => server.claimProgram('${address}'))
      .then((claimed) => console.log(claimed));
  `;
  const program = spawn(process.execPath, ['-e', script], {
    cwd: resolve(__dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(program.stdout, 'data');
  expect(String(said).trim()).toBe('true');
  return {
    async kill() {
      program.kill('SIGKILL');
      await once(program, 'exit');
    },
  };
}

async function postmaster(): Promise<string> {
  return (await readFile(join(dataDir, 'database', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]!;
}

describe('the embedded server', () => {
  it('serves two who open a new folder at the same moment, and stops after the last', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.ownerUrl('postgres')).toBe(other.ownerUrl('postgres'));

    await one.close();
    expect(await ask(other.ownerUrl('postgres'), 'select 1 as there')).toEqual([{ there: 1 }]);

    await other.close();
    await expect(ask(other.ownerUrl('postgres'), 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('keeps its data over a stop and a start', async () => {
    const before = await open();
    await before.ensureDatabase('office');
    await before.ensureDatabase('office');
    await ask(before.ownerUrl('office'), 'create table kept as select 7 as number');
    await before.close();

    const after = await open();
    expect(await ask(after.ownerUrl('office'), 'select number from kept')).toEqual([{ number: 7 }]);
    await after.close();
  });

  it('lets the application in as a login that owns and may make nothing', async () => {
    const server = await open();
    expect(
      await ask(
        server.applicationUrl('postgres'),
        'select rolname, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
      ),
    ).toEqual([
      { rolname: 'marrow_app', rolcanlogin: true, rolsuper: false, rolcreatedb: false, rolcreaterole: false },
    ]);
    await server.close();
  });

  it('keeps the passwords where only their owner reads them', async () => {
    expect((await stat(join(dataDir, 'database', 'logins.json'))).mode & 0o777).toBe(0o600);
  });

  it('tells a second program where the first one is, and is its own once that was killed', async () => {
    const program = await startProgram('http://127.0.0.1:3000');
    const running = await postmaster();

    const second = await open();
    expect(await second.claimProgram('http://127.0.0.1:3001')).toBe(false);
    expect(await second.programAddress()).toBe('http://127.0.0.1:3000');
    await second.close();

    await program.kill();
    expect(await postmaster()).toBe(running);
    const next = await open();
    expect(await next.claimProgram('http://127.0.0.1:3001')).toBe(true);
    expect(await next.programAddress()).toBe('http://127.0.0.1:3001');
    expect(await postmaster()).toBe(running);
    await next.close();
  });

  it('comes back after the server itself was killed, which ends nobody', async () => {
    const before = await open();
    process.kill(Number(await postmaster()), 'SIGKILL');
    const after = await open();
    expect(await ask(after.ownerUrl('office'), 'select number from kept')).toEqual([{ number: 7 }]);
    await before.close();
    expect(await ask(after.ownerUrl('office'), 'select number from kept')).toEqual([{ number: 7 }]);
    await after.close();
  });

  it('is not stopped by a process that got the number of a dead server', async () => {
    const file = join(dataDir, 'database', 'data', 'postmaster.pid');
    const server = await open();
    const lines = (await readFile(file, 'utf8')).split('\n');
    await server.close();
    await writeFile(file, [process.pid, ...lines.slice(1)].join('\n'));

    const again = await open();
    expect(await ask(again.ownerUrl('postgres'), 'select 1 as there')).toEqual([{ there: 1 }]);
    await again.close();
  });

  it('says why it does not start', async () => {
    await expect(openEmbeddedServer({ dataDir, settings: { shared_buffers: 'much' } })).rejects.toMatchObject({
      code: 'database_not_started',
      sentence: { en: expect.stringMatching(/shared_buffers.*postgres\.log/) },
    });
  });

  asRoot('names the folder that its user cannot enter', async () => {
    const closed = join(folder, 'closed');
    await mkdir(join(closed, 'below'), { recursive: true });
    await chmod(closed, 0o700);
    await expect(open(join(closed, 'below', 'data'))).rejects.toMatchObject({
      code: 'folder_closed',
      details: { folder: closed },
      sentence: { en: expect.stringContaining(`chmod o+x '${closed}'`) },
    });
  });
});
