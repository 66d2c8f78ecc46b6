import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { REDIS_SERVER } from './needs';

export interface TestRedis {
  readonly url: string;
  /** Loses everything, as a restart without a disk does. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis of one's own that keeps nothing. */
export async function startRedis(): Promise<TestRedis> {
  if (!REDIS_SERVER) throw new Error('redis-server is not on the PATH.');
  const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-redis-'));
  const port = await freePort();
  const server = spawn(
    REDIS_SERVER,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(server, 'exit');
  // A test run that is broken off leaves no Redis behind.
  const kill = (): boolean => server.kill('SIGKILL');
  process.once('exit', kill);
  await new Promise<void>((resolve, reject) => {
    createInterface(server.stdout).on('line', (line) => line.includes('Ready to accept connections') && resolve());
    gone.then(() => reject(new Error('redis-server ended before it was ready.')), reject);
  });

  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    async flush() {
      const client = new Redis(url);
      await client.flushall();
      await client.quit();
    },
    async stop() {
      process.off('exit', kill);
      server.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
