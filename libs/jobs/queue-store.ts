import { BackendFactory, ConnectionOptions, createPostgresBackend, createRedisBackend, IQueueBackend } from 'bullmq';
import { Client, type ClientConfig } from 'pg';
import { APPLICATION_ROLE } from '../database/data-source';

/** Where the queue is kept: on Redis when its URL is given, else in the schema `bullmq` of the database. */
export interface QueueStore {
  readonly redisUrl?: string;
  readonly databaseUrl: string;
}

export const QUEUE_SCHEMA = 'bullmq';

const RECONNECT_AFTER_AT_MOST_MS = 2_000;
const PRODUCER_COMMAND_TIMEOUT_MS = 5_000;

/** The backend has nobody listen to a connection while it makes itself ready: its end would be the process's. */
class HeardClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

interface PostgresConnection {
  readonly connectionString: string;
  readonly schema: string;
  readonly options: string;
  readonly application_name: string;
}

export function connectionTo(store: QueueStore): ConnectionOptions {
  if (store.redisUrl === undefined) {
    return {
      connectionString: store.databaseUrl,
      schema: QUEUE_SCHEMA,
      options: `-c role=${APPLICATION_ROLE} -c jit=off`,
      application_name: 'marrow-ledger jobs',
    } satisfies PostgresConnection;
  }
  return {
    url: store.redisUrl,
    retryStrategy: (attempt: number) => Math.min(100 * 2 ** attempt, RECONNECT_AFTER_AT_MOST_MS),
  };
}

/**
 * Chooses the backend by the connection alone, so that queues of both kinds can stand in one process.
 * A worker outwaits an outage; a producer fails at once, since nobody may wait for it.
 */
export const createBackend: BackendFactory<IQueueBackend, ConnectionOptions> = (name, opts, kind = {}) => {
  const consumes = kind.blocking === true || kind.withBlockingConnection === true;
  if (isPostgres(opts.connection)) {
    const connection = { ...opts.connection, max: consumes ? 4 : 2, Client: HeardClient };
    return createPostgresBackend(name, { ...opts, connection }, kind);
  }
  const patience = consumes
    ? { maxRetriesPerRequest: null }
    : { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: PRODUCER_COMMAND_TIMEOUT_MS };
  return createRedisBackend(name, { ...opts, connection: { ...opts.connection, ...patience } }, kind);
};

function isPostgres(connection: object): connection is PostgresConnection {
  return 'connectionString' in connection;
}
