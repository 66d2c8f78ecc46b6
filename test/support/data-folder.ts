import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../../libs/core/living-process';
import { OWNER_LOGIN } from '../../libs/database/embedded-cluster';

/** A `DATA_DIR` of one's own for a program that brings its database along. */
export class DataFolder {
  private constructor(readonly path: string) {}

  static async make(): Promise<DataFolder> {
    const path = await mkdtemp(join(tmpdir(), 'marrow-ledger-office-'));
    // As root the server runs as another user, who must be able to enter.
    await chmod(path, 0o755);
    return new DataFolder(path);
  }

  /** The process of the folder's database, or nothing when none runs: a server that stops takes its file away. */
  async databaseProcess(): Promise<number | undefined> {
    const [pid = 0] = await this.postmaster();
    return pid > 0 && isAlive(pid) ? pid : undefined;
  }

  /** For looking into the database while it runs, without a share in it. */
  async ownerUrl(database: string): Promise<string> {
    const { owner } = JSON.parse(await readFile(join(this.path, 'database', 'logins.json'), 'utf8'));
    const [, , , port] = await this.postmaster();
    return `postgres://${OWNER_LOGIN}:${owner}@127.0.0.1:${port}/${database}`;
  }

  /** Stops what a killed program has left running, and takes the folder away. */
  async remove(): Promise<void> {
    const pid = await this.databaseProcess();
    if (pid !== undefined) process.kill(pid, 'SIGINT');
    while (await this.databaseProcess()) await pause(20);
    await rm(this.path, { recursive: true, force: true });
  }

  private async postmaster(): Promise<number[]> {
    const file = join(this.path, 'database', 'data', 'postmaster.pid');
    return (await readFile(file, 'utf8').catch(() => '')).split('\n').map(Number);
  }
}
