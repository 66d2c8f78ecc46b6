import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { DataFolder } from '../support/data-folder';
import { freePort } from '../support/free-port';
import { buildPrograms, killPrograms, Program } from '../support/program';

jest.setTimeout(120_000);

let folder: DataFolder;

beforeAll(async () => {
  await buildPrograms();
  folder = await DataFolder.make();
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await folder?.remove();
});

async function start(): Promise<{ program: Program; port: number }> {
  const port = await freePort();
  return {
    program: await Program.start('alone', ['--office'], { DATA_DIR: folder.path, PORT: String(port) }),
    port,
  };
}

describe('a program that is told to end', () => {
  it('during its first start leaves no database running', async () => {
    const { program } = await start();
    while (!(await folder.databaseProcess())) await pause(20);
    expect(await program.kill('SIGINT')).toMatchObject({ code: 130, stderr: '' });
    expect(await folder.databaseProcess()).toBeUndefined();
  });

  it('in the middle of a verb leaves no database running', async () => {
    const verb = await Program.start('cli', ['demo'], { DATA_DIR: folder.path });
    await verb.says(/demonstration \d+\//);
    const { code, stderr } = await verb.kill('SIGINT');
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await folder.databaseProcess()).toBeUndefined();
  });

  it('twice does not wait for a request that never ends', async () => {
    const { program, port } = await start();
    await program.says(/is ready/);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`POST /api/entries HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{`);
    await once(socket, 'connect');
    await fetch(`http://127.0.0.1:${port}/health/live`);
    process.kill(program.pid, 'SIGTERM');
    // A second press of the same person, not the same one passed on.
    await pause(700);
    expect(await program.kill('SIGTERM')).toMatchObject({ code: 130 });
  });
});

it('a program whose database is gone says so and ends', async () => {
  const { program } = await start();
  await program.says(/is ready/);
  process.kill((await folder.databaseProcess()) ?? 0, 'SIGKILL');
  const { code, stderr } = await program.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/内置数据库已停止[^]*The embedded database has stopped/);
});
