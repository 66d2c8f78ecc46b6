import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchContext } from './bench-context';
import type { BenchDatabase } from './bench-database';
import { makeClerkToken } from './bench-clerk';

const PROGRAM = resolve(__dirname, '../../apps/api/main.js');
const START_LIMIT_MS = 60_000;

/** The API of an office as a process of its own, over a database; its workers run elsewhere, or not at all. */
export class OfficeApi {
  private constructor(
    private readonly child: ChildProcess,
    private readonly address: string,
    /** Of a clerk who may log for the whole registry. */
    readonly token: string,
  ) {}

  static async start(context: BenchContext, database: BenchDatabase): Promise<OfficeApi> {
    await database.openQueue();
    const token = await makeClerkToken(database.source);
    const port = await freePort();
    const env = { ...process.env, DATABASE_URL: database.url, PORT: String(port), REDIS_URL: '' };
    // Its words stay off the bench's stdout.
    const child = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'ignore', 2] });
    context.onEnd(async () => void child.kill('SIGKILL'));
    const api = new OfficeApi(child, `http://127.0.0.1:${port}`, token);
    await api.answering();
    return api;
  }

  url(path: string): string {
    return `${this.address}${path}`;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    if (this.child.exitCode === null) await once(this.child, 'exit');
  }

  private async answering(): Promise<void> {
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await fetch(this.url('/health/live')).catch(() => undefined))?.ok) {
      if (Date.now() > deadline || this.child.exitCode !== null) throw new Error('the API does not start');
      await pause(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
