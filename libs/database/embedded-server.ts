import { realpath } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { DomainError } from '../core/domain-error';
import { APPLICATION_LOGIN, openCluster, OWNER_LOGIN, type EmbeddedCluster } from './embedded-cluster';
import {
  lastFatalLine,
  postmasterFile,
  runningPostmaster,
  startServer,
  stopServer,
  type Postmaster,
  type StartedServer,
} from './embedded-process';
import {
  dataDirectory,
  ensureDatabase,
  ensureLogin,
  leaveServer,
  programAddress,
  shareServer,
  takeProgram,
} from './embedded-server.queries';

// A server that was killed first goes through its log again, up to `max_wal_size`.
const START_LIMIT_MS = 300_000;
const FAILED_STARTS = 8;
const INVALID_PASSWORD = '28P01';

export interface EmbeddedServerOptions {
  /** Absolute; made if it is missing. */
  readonly dataDir: string;
  /** On top of the usual settings, for a server that is started now. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * The share of this process in the PostgreSQL server of a data folder. The server serves every process that has a
 * share; the last one to close stops it.
 */
export class EmbeddedServer {
  private closing?: Promise<void>;

  constructor(
    private readonly cluster: EmbeddedCluster,
    private readonly connection: Client,
    private readonly port: number,
  ) {}

  /** For migrations: the login that owns everything. */
  ownerUrl(database: string): string {
    return this.url(OWNER_LOGIN, this.cluster.passwords.owner, database);
  }

  /** For the program's own work. */
  applicationUrl(database: string): string {
    return this.url(APPLICATION_LOGIN, this.cluster.passwords.application, database);
  }

  /** Makes the database if it is missing. */
  async ensureDatabase(name: string): Promise<void> {
    await ensureDatabase(this.connection, name);
  }

  /**
   * Makes this process the program of the data folder until it ends, however it ends.
   *
   * @param address where people reach it, at most 63 characters
   * @returns false when another process is the program already; `programAddress` says where
   */
  async claimProgram(address: string): Promise<boolean> {
    return takeProgram(this.connection, address);
  }

  /** Where the running program is reached, if one runs. */
  async programAddress(): Promise<string | undefined> {
    return programAddress(this.connection);
  }

  /** Calls back when the server goes, unless it is closed by us. */
  onLost(callback: () => void): void {
    this.connection.once('end', () => {
      if (!this.closing) callback();
    });
  }

  /** Gives up the share, and stops the server if nobody else has one. */
  async close(): Promise<void> {
    this.closing ??= this.leave();
    return this.closing;
  }

  private async leave(): Promise<void> {
    // Without a connection there is no server left to stop.
    const last = await leaveServer(this.connection).catch(() => false);
    if (last) await stopServer(this.cluster);
    await this.connection.end().catch(() => undefined);
  }

  private url(login: string, password: string, database: string): string {
    return `postgres://${login}:${password}@127.0.0.1:${this.port}/${encodeURIComponent(database)}`;
  }
}

/**
 * Takes over the server of the data folder if one runs, else starts it, and makes what is missing.
 *
 * @throws {DomainError} when it does not come up; the sentence says why and what to do
 */
export async function openEmbeddedServer({ dataDir, settings = {} }: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const cluster = await openCluster(dataDir);
  const deadline = Date.now() + START_LIMIT_MS;
  let started: StartedServer | undefined;
  let failures = 0;
  while (Date.now() < deadline) {
    const postmaster = await runningPostmaster(cluster);
    if (postmaster) {
      const connection = await connect(cluster, postmaster);
      if (connection) {
        await ensureLogin(connection, APPLICATION_LOGIN, cluster.passwords.application);
        return new EmbeddedServer(cluster, connection, postmaster.port);
      }
    } else if (!started || started.ended) {
      // It also ends when another process was quicker or when another program took the port: then the next turn is well.
      if (started && ++failures === FAILED_STARTS) throw await notStarted(cluster, started.ended);
      await pause(100 * failures);
      started = await startServer(cluster, settings);
    }
    await pause(30);
  }
  throw await notStarted(cluster, postmasterFile(cluster));
}

/** @returns nothing when the server does not let us in now: it is starting or stopping */
async function connect(cluster: EmbeddedCluster, postmaster: Postmaster): Promise<Client | undefined> {
  const client = new Client({
    host: '127.0.0.1',
    port: postmaster.port,
    user: OWNER_LOGIN,
    password: cluster.passwords.owner,
    database: 'postgres',
    application_name: 'marrow-ledger',
    ssl: false,
    connectionTimeoutMillis: 10_000,
  });
  // The server may go at any time. Whoever asks next is told; the process lives on.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await requireOwnFolder(client, cluster, postmaster);
    await shareServer(client);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (error instanceof DomainError) throw error;
    if ((error as { code?: string }).code === INVALID_PASSWORD) throw await notStarted(cluster, String(error));
    return undefined;
  }
}

async function requireOwnFolder(client: Client, cluster: EmbeddedCluster, postmaster: Postmaster): Promise<void> {
  const theirs = await dataDirectory(client);
  if ((await realpath(theirs).catch(() => theirs)) === cluster.data) return;
  throw new DomainError('server_of_another_folder', {
    zh: `${postmasterFile(cluster)} 指向的数据库（进程 ${postmaster.pid}）属于另一个文件夹 ${theirs}。请先停止它；如果当前文件夹是复制来的，请删除该文件后再启动。`,
    en: `${postmasterFile(cluster)} names a database (process ${postmaster.pid}) of another folder, ${theirs}. Stop it first; if this folder is a copy, delete that file and start again.`,
  });
}

async function notStarted(cluster: EmbeddedCluster, reason?: string): Promise<DomainError> {
  const because = (await lastFatalLine(cluster)) ?? reason;
  return new DomainError('database_not_started', {
    zh: `内置数据库无法启动或没有应答（${because}）。详见日志 ${cluster.log}。`,
    en: `The embedded database does not start or does not answer (${because}). See the log ${cluster.log}.`,
  });
}
