import { BullModule, getQueueToken, InjectQueue } from '@nestjs/bullmq';
import { DynamicModule, Module, OnModuleInit } from '@nestjs/common';
import { Queue, SchemaMigrationRequiredError, setDefaultBackendFactory } from 'bullmq';
import { DomainError } from '../core/domain-error';
import { JobDesk } from './job-desk';
import { LEDGER_QUEUE } from './queue';
import { connectionTo, createBackend, QueueStore } from './queue-store';
import { WakeUp } from './wake-up';

/**
 * The queue, `WakeUp` and `JobDesk`, for every module of the process. Imported once, by the API and by the worker alike.
 * Throws at the start a `DomainError` `job_queue_not_migrated` when the queue's tables are not there.
 */
@Module({})
export class JobsModule implements OnModuleInit {
  constructor(@InjectQueue(LEDGER_QUEUE) private readonly queue: Queue) {}

  static forRoot(store: QueueStore): DynamicModule {
    setDefaultBackendFactory(createBackend);
    const queue = BullModule.registerQueue({
      name: LEDGER_QUEUE,
      connection: connectionTo(store),
      defaultJobOptions: {
        attempts: 5,
        backoff: { type: 'exponential', delay: 500 },
        removeOnComplete: true,
        removeOnFail: { count: 1_000 },
      },
    });
    return {
      global: true,
      module: JobsModule,
      imports: queue.imports,
      // The queue is a provider of this very module, so that on shutdown Nest ends WakeUp before it closes the queue.
      providers: [...(queue.providers ?? []), WakeUp, JobDesk],
      exports: [getQueueToken(LEDGER_QUEUE), WakeUp, JobDesk],
    };
  }

  async onModuleInit(): Promise<void> {
    // Redis may come later: nothing that a user does waits for it.
    if ('url' in this.queue.opts.connection) return;
    try {
      await this.queue.waitUntilReady();
    } catch (error) {
      await this.queue.close();
      if (!(error instanceof SchemaMigrationRequiredError)) throw error;
      throw new DomainError('job_queue_not_migrated', {
        zh: '作业队列的数据表还没有建立，请先运行 npm run -s ledger -- migrate。',
        en: 'The tables of the job queue are missing; run npm run -s ledger -- migrate first.',
      });
    }
  }
}
