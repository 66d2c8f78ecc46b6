import { execFile, spawn } from 'node:child_process';
import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from '../core/living-process';
import type { EmbeddedCluster } from './embedded-cluster';

const run = promisify(execFile);

/** For 2 cores and an office's data. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'Asia/Shanghai',
  // What a killed program was still running holds its locks until the server notices. Windows cannot tell.
  ...(process.platform !== 'win32' && { client_connection_check_interval: '2s' }),
};

const LOG_LIMIT = 10_000_000;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The server that holds the data now, or nothing; a file left by a dead server is nothing. */
export async function runningPostmaster(cluster: EmbeddedCluster): Promise<Postmaster | undefined> {
  const file = postmasterFile(cluster);
  const text = await readFile(file, 'utf8').catch(() => '');
  const [pid, , , port] = text.split('\n').map(Number);
  if (!pid || !port || !isAlive(pid)) return undefined;
  if (await worksElsewhere(pid, cluster.data)) {
    // The number went to another process, or the folder is a copy. PostgreSQL itself would refuse to start.
    if ((await readFile(file, 'utf8').catch(() => '')) === text) await unlink(file);
    return undefined;
  }
  return { pid, port };
}

export function postmasterFile(cluster: EmbeddedCluster): string {
  return join(cluster.data, 'postmaster.pid');
}

/** Linux tells where a process works, and a server works in its data. Other systems tell at least what it is. */
async function worksElsewhere(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  if (process.platform !== 'linux') {
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'comm=']).catch(() => ({ stdout: '' }));
    return !stdout.includes('postgres');
  }
  try {
    const [theirs, ours] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(data)]);
    return theirs.ino !== ours.ino || theirs.dev !== ours.dev;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** A server that was started; it outlives this program. */
export interface StartedServer {
  /** Why it is gone, once it is. */
  ended?: string;
}

/** Starts a server in a process group of its own, so that Ctrl-C leaves it to finish the program's last statements. */
export async function startServer(
  cluster: EmbeddedCluster,
  settings: Readonly<Record<string, string>>,
): Promise<StartedServer> {
  const written = await stat(cluster.log).catch(() => undefined);
  if (written && written.size > LOG_LIMIT) {
    await rename(cluster.log, cluster.log.replace(/\.log$/, '.previous.log'));
  }
  const log = await open(cluster.log, 'a', 0o600);
  if (cluster.account) await log.chown(cluster.account.uid, cluster.account.gid);
  const all = { ...SETTINGS, port: String(await freePort()), ...settings };
  const server = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...cluster.account,
      cwd: cluster.data,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    },
  );
  const started: StartedServer = {};
  server.on('error', (error) => (started.ended = error.message));
  server.on('exit', (code, signal) => (started.ended = `postgres: ${signal ?? code}`));
  server.unref();
  await log.close();
  return started;
}

/** Ends every connection and stops the server; returns when it is gone. */
export async function stopServer(cluster: EmbeddedCluster): Promise<void> {
  const stop = ['stop', '--pgdata', cluster.data, '--mode=fast', '--wait', '--timeout=300', '--silent'];
  try {
    await run(cluster.binaries.pgCtl, stop, { ...cluster.account, cwd: cluster.data });
  } catch (error) {
    if (await runningPostmaster(cluster)) throw error;
  }
}

/** What the server wrote last about why it ended. */
export async function lastFatalLine(cluster: EmbeddedCluster): Promise<string | undefined> {
  const text = await readFile(cluster.log, 'utf8').catch(() => '');
  return text.split('\n').findLast((line) => /FATAL|PANIC|error while loading/.test(line));
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
