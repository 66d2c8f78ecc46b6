import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { APPLICATION_ROLE, applicationDataSource } from '../../libs/database/data-source';
import type { EmbeddedServer } from '../../libs/database/embedded-server';
import { migrate } from '../../libs/database/migrate';
import { migrateJobQueue } from '../../libs/jobs/migrate-job-queue';
import { checkpoint, copyDatabase, dropDatabase, settle } from './bench-database.queries';

/** A migrated database, and the application's connections to it. */
export class BenchDatabase {
  private closed = false;

  private constructor(
    private readonly server: EmbeddedServer,
    readonly name: string,
    readonly source: DataSource,
  ) {}

  static async create(server: EmbeddedServer, name: string): Promise<BenchDatabase> {
    await server.ensureDatabase(name);
    const url = server.applicationUrl(name);
    await migrate(server.ownerUrl(name), decodeURIComponent(new URL(url).username));
    return new BenchDatabase(server, name, await applicationDataSource(url).initialize());
  }

  /** The same under another name. Nobody may work with it meanwhile. */
  async copy(name: string): Promise<BenchDatabase> {
    await this.source.destroy();
    await this.asOwner('postgres', (owner) => copyDatabase(owner, this.name, name));
    await this.source.initialize();
    const source = await applicationDataSource(this.server.applicationUrl(name)).initialize();
    return new BenchDatabase(this.server, name, source);
  }

  /** As the application logs in. */
  get url(): string {
    return this.server.applicationUrl(this.name);
  }

  /** The tables of the job queue, which a running API needs. */
  async openQueue(): Promise<void> {
    await migrateJobQueue(this.server.ownerUrl(this.name));
  }

  /** One connection of the application's, apart from the pool. */
  async withConnection<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
    const client = new Client({
      connectionString: this.url,
      options: `-c role=${APPLICATION_ROLE} -c timezone=Asia/Shanghai -c jit=off`,
    });
    // When the server goes, the statement under way says so.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Brings the database to where the server's own upkeep leaves it a minute after a load. */
  async settle(): Promise<void> {
    await this.withOwner(settle);
  }

  /** A connection of the login that owns everything. */
  async withOwner(work: (owner: Client) => Promise<void>): Promise<void> {
    await this.asOwner(this.name, work);
  }

  /** Leaves the server nothing to write for what was done before. */
  async checkpoint(): Promise<void> {
    await this.asOwner('postgres', checkpoint);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.source.destroy();
  }

  async drop(): Promise<void> {
    await this.close();
    await this.asOwner('postgres', (owner) => dropDatabase(owner, this.name));
  }

  private async asOwner(database: string, work: (owner: Client) => Promise<void>): Promise<void> {
    const owner = new Client({ connectionString: this.server.ownerUrl(database) });
    // When the server goes, the statement under way says so.
    owner.on('error', () => undefined);
    await owner.connect();
    try {
      await work(owner);
    } finally {
      await owner.end();
    }
  }
}
