import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'bullmq';

const FAREWELL_AT_MOST_MS = 2_000;
const ASK_AGAIN_AFTER_MS = 1_000;

/** A worker whose end waits for its running jobs, but not for a store that is out of reach: such jobs come again. */
export class LedgerWorker extends Worker {
  private readonly jobs = new Set<Promise<unknown>>();
  private ended: Promise<void> | undefined;

  override close(force = false): Promise<void> {
    this.ended ??= Promise.race([super.close(force), this.abandonStore()]);
    return this.ended;
  }

  protected override callProcessJob(...job: Parameters<Worker['callProcessJob']>): Promise<unknown> {
    const running = super.callProcessJob(...job);
    const ended = running.catch(() => undefined).finally(() => this.jobs.delete(ended));
    this.jobs.add(ended);
    return running;
  }

  /** BullMQ asks again at once after a failure that it takes for no outage, and then nothing else gets its turn. */
  protected override async moveToActive(
    ...asked: Parameters<Worker['moveToActive']>
  ): ReturnType<Worker['moveToActive']> {
    try {
      return await super.moveToActive(...asked);
    } catch (error) {
      if (!this.closing) await delay(ASK_AGAIN_AFTER_MS);
      throw error;
    }
  }

  private async abandonStore(): Promise<void> {
    while (this.jobs.size > 0) await Promise.all(this.jobs);
    await delay(FAREWELL_AT_MOST_MS, undefined, { ref: false });
    if (this.closed) return;
    // What BullMQ would do after the farewell that never comes.
    await this.pause(true);
    await this.lockManager.close();
    await this.backend.close(true);
  }
}
