import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import { setTimeout as delay } from 'node:timers/promises';
import { Outage } from './outage';
import { LEDGER_QUEUE } from './queue';

const WINDOW_MS = 100;
const SHUTDOWN_AT_MOST_MS = 1_000;

/**
 * Tells the workers that a registry has new marks. Costs the caller one set insertion: the first asked becomes a job at
 * once, what is asked within the window after it becomes one job per registry when the window ends, so a job always
 * follows the last write.
 *
 * The jobs carry no deduplication id: BullMQ drops an id that is still known, also while its job is active, and that
 * job may have read the marks before this write. The workers let one waiting pass stand for all.
 */
@Injectable()
export class WakeUp implements OnApplicationShutdown {
  private readonly outage = new Outage(new Logger(WakeUp.name), {
    begins: {
      zh: '作业队列暂时连不上，登记不受影响，数字由定时清扫补算。',
      en: 'The job queue is out of reach; entries are accepted, and the sweep will bring the figures up to date.',
    },
    ends: { zh: '作业队列已恢复。', en: 'The job queue is back.' },
  });
  private changed = new Set<number>();
  private round: Promise<void> | undefined;

  constructor(@InjectQueue(LEDGER_QUEUE) private readonly queue: Queue) {
    queue.on('error', (error) => this.outage.begins(error));
  }

  /** To be called after the write's commit. Returns at once and never throws. */
  recompute(registryId: number): void {
    this.changed.add(registryId);
    this.round ??= this.addAll();
  }

  /** Tells the workers that there is something to do for an import. Returns at once and never throws. */
  import(registryId: number, importId: string): void {
    this.queue.add('import', { registryId, importId }).catch((error: unknown) => this.outage.begins(error));
  }

  /** Tells the workers that there is something to send. Returns at once and never throws. */
  deliver(): void {
    this.queue.add('deliver', {}).catch((error: unknown) => this.outage.begins(error));
  }

  async onApplicationShutdown(): Promise<void> {
    const allAdded = async () => {
      while (this.round) await this.round;
    };
    await Promise.race([allAdded(), delay(SHUTDOWN_AT_MOST_MS, undefined, { ref: false })]);
    // A polite farewell would wait for an answer, and the client would keep trying to reconnect.
    if (this.outage.lasting) await this.queue.getBackend().close(true);
  }

  /** One round at a time: while an outage makes one hang, the next collects and nothing piles up. */
  private async addAll(): Promise<void> {
    while (this.changed.size > 0) {
      const registries = this.changed;
      this.changed = new Set();
      try {
        // One by one: on PostgreSQL a bulk of jobs makes two temporary tables each time.
        await Promise.all([...registries].map((registryId) => this.queue.add('recompute', { registryId })));
        this.outage.ends();
      } catch (error) {
        this.outage.begins(error);
      }
      await delay(WINDOW_MS);
    }
    this.round = undefined;
  }
}
