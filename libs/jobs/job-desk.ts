import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import { Job, Queue } from 'bullmq';
import { DomainError } from '../core/domain-error';
import { JobName, LEDGER_QUEUE } from './queue';
import { lookAt, QueueState } from './queue-state';

/** A job that was tried as often as it is tried, and then left. */
export interface FailedJob {
  readonly id: string;
  readonly job: JobName;
  /** The import that it was for. */
  readonly importId: string | null;
  readonly attempts: number;
  readonly addedAt: Date;
  readonly failedAt: Date | null;
  readonly error: string;
}

// What BullMQ says of a job that is not there, and of one that is in another state.
const MISSING = -1;
const ANOTHER_STATE = -3;

/** What is to be seen of the queue, and what may be done with a job that has failed. */
@Injectable()
export class JobDesk {
  private readonly logger = new Logger(JobDesk.name);

  constructor(@InjectQueue(LEDGER_QUEUE) private readonly queue: Queue) {}

  /** @throws {DomainError} `job_queue_unreachable` */
  look(): Promise<QueueState> {
    return this.reaching(() => lookAt(this.queue));
  }

  /**
   * A page of the failed jobs that concern a registry, the latest first; those that concern all of them too.
   *
   * @param after `next` of the page before
   * @throws {DomainError} `job_queue_unreachable`, or when the mark of the page cannot be read
   */
  async failed(
    registryId: number,
    { after = '0', limit = 50 }: { after?: string; limit?: number } = {},
  ): Promise<{ jobs: FailedJob[]; next: string | null }> {
    if (!/^\d{1,6}$/.test(after)) throw markNotReadable();
    const from = Number(after);
    const found = await this.reaching(() => this.queue.getFailed(from, from + limit));
    const jobs = found.slice(0, limit).filter((job) => concerns(job, registryId));
    return { jobs: jobs.map(viewOf), next: found.length > limit ? String(from + limit) : null };
  }

  /** Has it tried again as if it were new. @throws {DomainError} when it has not failed, or nothing is known of it */
  async retry(registryId: number, id: string): Promise<FailedJob> {
    const job = await this.failedJob(registryId, id);
    const view = viewOf(job);
    await this.reaching(() => job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true }));
    return view;
  }

  /** Forgets it. @throws {DomainError} when it has not failed, or nothing is known of it */
  async remove(registryId: number, id: string): Promise<FailedJob> {
    const job = await this.failedJob(registryId, id);
    await this.reaching(() => job.remove());
    return viewOf(job);
  }

  private failedJob(registryId: number, id: string): Promise<Job> {
    return this.reaching(async () => {
      const job = await this.queue.getJob(id);
      if (!job || !concerns(job, registryId)) throw unknown();
      if (!(await job.isFailed())) throw notFailed();
      return job;
    });
  }

  private async reaching<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError) throw error;
      const { code, message } = error as { code?: unknown; message?: string };
      if (code === MISSING) throw unknown();
      if (code === ANOTHER_STATE) throw notFailed();
      this.logger.warn(`作业队列没有答复。The job queue did not answer: ${message}`);
      throw new DomainError('job_queue_unreachable', {
        zh: '暂时连不上作业队列。登记不受影响；请检查 Redis 或数据库是否在运行，稍后再试。',
        en: 'The job queue is out of reach. Entries are not affected; see that Redis or the database runs, and try again.',
      });
    }
  }
}

function concerns({ data }: Job, registryId: number): boolean {
  return data?.registryId === undefined || data.registryId === registryId;
}

function viewOf({ id, name, data, attemptsMade, timestamp, finishedOn, failedReason }: Job): FailedJob {
  return {
    id: id ?? '',
    job: name as JobName,
    importId: data?.importId ?? null,
    attempts: attemptsMade,
    addedAt: new Date(timestamp),
    failedAt: finishedOn ? new Date(finishedOn) : null,
    error: failedReason ?? '',
  };
}

function unknown(): DomainError {
  return new DomainError('job_unknown', {
    zh: '没有这个作业：可能已经删除，或已重试成功。',
    en: 'There is no such job: it was removed, or has been done since.',
  });
}

function notFailed(): DomainError {
  return new DomainError('job_not_failed', {
    zh: '这个作业没有失败：正在排队或执行，请等它结束。',
    en: 'This job has not failed: it waits or runs; let it end.',
  });
}

function markNotReadable(): DomainError {
  return new DomainError(
    'cursor_not_readable',
    { zh: '翻页标记无法识别，请从第一页重新打开。', en: 'The page mark cannot be read; start from the first page.' },
    { field: 'after' },
  );
}
