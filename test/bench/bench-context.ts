import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { DEMONSTRATION_SIZE } from '../../libs/demonstration/entries';
import { openEmbeddedServer, type EmbeddedServer } from '../../libs/database/embedded-server';
import { BenchDatabase } from './bench-database';
import { showServerVersion } from './bench-database.queries';
import { growLedger } from './grown-ledger';
import { LoadedDemonstration } from './loaded-demonstration';
import { RunningProgram } from './running-program';

/** What the parts share: a server of the bench's own in a folder of its own, and what was once made in it. */
export class BenchContext {
  private readonly endings: (() => Promise<void>)[] = [];
  private readonly made = new Map<string, Promise<unknown>>();

  private constructor(readonly folder: string) {
    this.onEnd(() => rm(folder, { recursive: true, force: true }));
  }

  static async open(): Promise<BenchContext> {
    const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-bench-'));
    // As root the server runs as another user, who must be able to enter.
    await chmod(folder, 0o755);
    return new BenchContext(folder);
  }

  /** A new, migrated database of that name. */
  async database(name: string): Promise<BenchDatabase> {
    return this.closing(await BenchDatabase.create(await this.server(), name));
  }

  /** The demonstration in a database of the bench's server. */
  demonstration(): Promise<LoadedDemonstration> {
    return this.once('demonstration', async () =>
      LoadedDemonstration.load(await this.database('demonstration'), join(this.folder, 'entries.copy')),
    );
  }

  /** The demonstration in a database of its own, for what would change it. */
  async copyOfDemonstration(name: string): Promise<BenchDatabase> {
    const { database } = await this.demonstration();
    return this.closing(await database.copy(name));
  }

  /** A ledger of about so many million entries. */
  async millions(count: number): Promise<BenchDatabase> {
    const database = await this.copyOfDemonstration(`millions_${count}`);
    await growLedger(database, { copies: Math.ceil((count * 1_000_000) / DEMONSTRATION_SIZE), yearsApart: 2 });
    return database;
  }

  /** The program that people start, on a data folder of its own, and how long its first start took. */
  program(): Promise<{ readonly program: RunningProgram; readonly firstStart: number }> {
    return this.once('program', async () => {
      const program = new RunningProgram(join(this.folder, 'program'));
      this.onEnd(() => program.stop());
      return { program, firstStart: await program.start() };
    });
  }

  async postgresVersion(): Promise<string> {
    const client = new Client({ connectionString: (await this.server()).applicationUrl('postgres') });
    await client.connect();
    return showServerVersion(client).finally(() => client.end());
  }

  /** What is done when the bench ends, however it ends; the last first. */
  onEnd(work: () => Promise<void>): void {
    this.endings.unshift(work);
  }

  async end(): Promise<void> {
    for (const ending of this.endings.splice(0)) await ending();
  }

  private closing(database: BenchDatabase): BenchDatabase {
    // When the bench is interrupted, what is under way would be waited for.
    this.onEnd(() => Promise.race([database.close(), pause(1_000, undefined, { ref: false })]));
    return database;
  }

  private server(): Promise<EmbeddedServer> {
    return this.once('server', () => {
      const opening = openEmbeddedServer({ dataDir: join(this.folder, 'server') });
      this.onEnd(() =>
        opening.then(
          (server) => server.close(),
          () => undefined,
        ),
      );
      return opening;
    });
  }

  private once<Made>(name: string, make: () => Promise<Made>): Promise<Made> {
    const making = this.made.get(name) ?? make();
    this.made.set(name, making);
    return making as Promise<Made>;
  }
}
