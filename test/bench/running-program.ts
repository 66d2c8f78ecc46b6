import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { DataSource } from 'typeorm';
import { applicationDataSource } from '../../libs/database/data-source';
import { openEmbeddedServer } from '../../libs/database/embedded-server';
import { makeClerkToken } from './bench-clerk';
import { timed } from './stopwatch';

const run = promisify(execFile);
const PROGRAM = resolve(__dirname, '../../apps/alone/main.js');
const READY = /is ready .*(http:\/\/[\d.]+:\d+)/;
const START_LIMIT_MS = 300_000;

/** The program as `npm start` runs it, on a data folder of its own and a free port. */
export class RunningProgram {
  private child?: ChildProcess;
  private address = '';
  private tokenMade?: Promise<string>;

  constructor(readonly dataDir: string) {}

  /** How long it took to be ready, in milliseconds. */
  async start(): Promise<number> {
    return timed(async () => {
      const child = spawn(process.execPath, [PROGRAM], {
        env: { ...process.env, DATA_DIR: this.dataDir, PORT: '0', DATABASE_URL: '', REDIS_URL: '' },
        // Its words stay off the bench's stdout.
        stdio: ['ignore', 2, 'pipe'],
      });
      this.child = child;
      this.address = await addressOf(child);
    });
  }

  /** Stops it, and the server that it leaves behind if it did not end by itself. */
  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child) return;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    if (child.exitCode !== 0) await (await openEmbeddedServer({ dataDir: this.dataDir })).close();
  }

  /** Of a clerk who may read and log for the whole registry. */
  token(): Promise<string> {
    this.tokenMade ??= this.withDatabase(makeClerkToken);
    return this.tokenMade;
  }

  /** The program's own database, looked into while it runs. */
  async withDatabase<Result>(work: (source: DataSource) => Promise<Result>): Promise<Result> {
    const server = await openEmbeddedServer({ dataDir: this.dataDir });
    const source = await applicationDataSource(server.applicationUrl('marrow_demonstration'), 1).initialize();
    try {
      return await work(source);
    } finally {
      await source.destroy();
      await server.close();
    }
  }

  url(path: string): string {
    return `${this.address}${path}`;
  }

  /** What a reader gets; anything but an answer is an error. */
  async read(path: string): Promise<void> {
    const answer = await fetch(this.url(path), { headers: { authorization: `Bearer ${await this.token()}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }

  /** The memory that the process holds now, in MB. */
  async memory(): Promise<number> {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(this.child?.pid)]);
    return (Number(stdout) * 1024) / 1_000_000;
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('the program was started without a pipe');
  const timer = setTimeout(() => child.kill('SIGTERM'), START_LIMIT_MS);
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr });
  try {
    for await (const line of lines) {
      said.push(line);
      const address = READY.exec(line)?.[1];
      if (address !== undefined) return address;
    }
  } finally {
    clearTimeout(timer);
    // What it says later is not read, and must not fill the pipe.
    child.stderr.resume();
  }
  throw new Error(`the program did not become ready:\n${said.join('\n')}`);
}
