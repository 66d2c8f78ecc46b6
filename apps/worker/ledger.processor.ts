import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { BeforeApplicationShutdown, Inject, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { Job, UnrecoverableError } from 'bullmq';
import { DomainError } from '../../libs/core/domain-error';
import { assertEveryJobIsHandled, JOB_HANDLERS, JobHandlers } from '../../libs/jobs/job-handlers';
import { Outage } from '../../libs/jobs/outage';
import { JobName, JobPayloads, LEDGER_QUEUE } from '../../libs/jobs/queue';
import { SCHEDULES } from '../../libs/jobs/schedules';
import { Passes } from './passes';

type LedgerJob = { [Name in JobName]: Job<JobPayloads[Name], void, Name> }[JobName];

/** Takes the jobs of the queue and calls their handlers. Refuses to start when a job has none. */
@Processor(LEDGER_QUEUE, { autorun: false, concurrency: 16, runRetryDelay: 1_000 })
export class LedgerProcessor extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LedgerProcessor.name);
  private readonly outage = new Outage(this.logger, {
    begins: {
      zh: '后台作业暂时停住，恢复后会自动补算。',
      en: 'Background work is held up and will catch up by itself.',
    },
    ends: { zh: '后台作业已恢复。', en: 'Background work goes on.' },
  });
  private readonly passes = new Passes<number>();
  private readonly deliveries = new Passes<'all'>();

  constructor(@Inject(JOB_HANDLERS) private readonly handlers: JobHandlers) {
    super();
    assertEveryJobIsHandled(handlers, SCHEDULES);
  }

  onApplicationBootstrap(): void {
    this.worker.run().catch((error: unknown) => this.outage.begins(error));
  }

  /** Before the shutdown of the modules whose database the running jobs use. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }

  async process(job: LedgerJob): Promise<void> {
    try {
      await this.handle(job);
    } catch (error) {
      // Trying again does not change a refusal.
      throw error instanceof DomainError ? new UnrecoverableError(error.message) : error;
    }
  }

  @OnWorkerEvent('active')
  active(): void {
    this.outage.ends();
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    const what = `${job?.name} ${JSON.stringify(job?.data)}`;
    if (job?.finishedOn) this.logger.error(`后台作业失败。A job has failed: ${what}`, error.stack);
    else this.logger.warn(`后台作业将重试。A job will be tried again: ${what} (${error.message})`);
  }

  @OnWorkerEvent('error')
  error(error: Error): void {
    this.outage.begins(error);
  }

  private handle(job: LedgerJob): Promise<void> {
    switch (job.name) {
      case 'recompute':
        return this.passes.run(job.data.registryId, () => this.handlers.recompute(job.data));
      case 'sweep':
        return this.handlers.sweep(job.data);
      case 'import':
        return this.handlers.import(job.data);
      case 'verify':
        return this.handlers.verify(job.data);
      case 'quality':
        return this.handlers.quality(job.data);
      case 'notify':
        return this.handlers.notify(job.data);
      case 'deliver':
        return this.deliveries.run('all', () => this.handlers.deliver(job.data));
      case 'drill':
        return this.handlers.drill(job.data);
      default:
        throw new Error(`Unknown job ${String((job as Job).name)}`);
    }
  }
}
