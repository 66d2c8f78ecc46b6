import { getQueueToken } from '@nestjs/bullmq';
import { INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue } from 'bullmq';
import { once } from 'node:events';
import { LedgerProcessor } from '../../apps/worker/ledger.processor';
import { ScheduleKeeper } from '../../apps/worker/schedule-keeper.service';
import { WorkerModule } from '../../apps/worker/worker.module';
import { JobDesk } from '../../libs/jobs/job-desk';
import { JOB_HANDLERS, JobHandlers } from '../../libs/jobs/job-handlers';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { LEDGER_QUEUE } from '../../libs/jobs/queue';
import { QueueStore } from '../../libs/jobs/queue-store';
import { SCHEDULES } from '../../libs/jobs/schedules';
import { describeWithRedis } from '../support/needs';
import { startRedis, TestRedis } from '../support/redis';
import { createTestDatabase, TestDatabase } from '../support/test-database';

@Module({})
class TestApplication {}

let database: TestDatabase;
let broken: Error | undefined;
const applications: INestApplicationContext[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

afterEach(async () => {
  broken = undefined;
  await Promise.all(applications.splice(0).map((application) => application.close()));
});

async function start(imports: Parameters<typeof Module>[0]['imports']): Promise<INestApplicationContext> {
  const application = await NestFactory.createApplicationContext(
    { module: TestApplication, imports },
    { logger: false, abortOnError: false },
  );
  applications.push(application);
  return application;
}

/** Each of its jobs fails as long as something is broken. */
function startWorker(store: QueueStore): Promise<INestApplicationContext> {
  const work = () => (broken ? Promise.reject(broken) : Promise.resolve());
  const useValue: JobHandlers = {
    ...{ recompute: work, sweep: work, import: work, verify: work },
    ...{ notify: work, deliver: work, quality: work, drill: work },
  };
  return start([JobsModule.forRoot(store), WorkerModule.forRoot({ handlers: { provide: JOB_HANDLERS, useValue } })]);
}

function queueOf(application: INestApplicationContext): Queue {
  return application.get<Queue>(getQueueToken(LEDGER_QUEUE));
}

/** Resolves when a job of that name has come to its end. */
function ends(worker: INestApplicationContext, how: 'completed' | 'failed', name: string): Promise<void> {
  const taker = worker.get(LedgerProcessor).worker;
  return new Promise((resolve) => {
    const heard = (job: { name: string; finishedOn?: number } | undefined) => {
      if (job?.name === name && job.finishedOn) resolve();
    };
    if (how === 'completed') taker.on('completed', heard);
    else taker.on('failed', heard);
  });
}

const ONCE = { attempts: 1 };

/** What every store of the queue must show alike. */
function showsItsJobs(kind: 'redis' | 'postgresql', store: () => QueueStore): void {
  afterEach(async () => {
    const producer = await start([JobsModule.forRoot(store())]);
    const queue = queueOf(producer);
    for (const { key } of await queue.getJobSchedulers()) await queue.removeJobScheduler(key);
    await queue.drain(true);
    await queue.clean(0, 0, 'failed');
    await queue.clean(0, 0, 'completed');
  });

  it('knows how many wait, and that nobody works, before a worker has begun', async () => {
    const producer = await start([JobsModule.forRoot(store())]);
    await queueOf(producer).add('verify', {});
    await queueOf(producer).add('verify', {}, { delay: 60_000 });
    const state = await producer.get(JobDesk).look();
    expect(state).toMatchObject({ store: kind, waiting: 1, active: 0, delayed: 1, failed: 0, workers: 0 });
    expect(state.schedules.map(({ id, last, next }) => [id, last, next])).toEqual(
      SCHEDULES.map(({ id }) => [id, null, null]),
    );
  });

  it('sees the worker, and when each schedule is due next', async () => {
    const worker = await startWorker(store());
    await worker.get(LedgerProcessor).worker.waitUntilReady();
    await worker.get(ScheduleKeeper).restore();
    const { workers, schedules } = await worker.get(JobDesk).look();
    expect(workers).toBe(1);
    expect(schedules.map(({ id }) => id)).toEqual(SCHEDULES.map(({ id }) => id));
    for (const { next } of schedules) expect(next).toBeInstanceOf(Date);
    expect(schedules.find(({ id }) => id === 'verify')).toMatchObject({ pattern: '30 3 * * *', everyMs: null });
    expect(schedules.find(({ id }) => id === 'sweep')).toMatchObject({ pattern: null, everyMs: 15_000 });
  });

  it('does not set again the schedules that stand', async () => {
    const worker = await startWorker(store());
    const keeper = worker.get(ScheduleKeeper);
    await keeper.restore();
    const upserted = jest.spyOn(queueOf(worker), 'upsertJobScheduler');
    await keeper.restore();
    expect(upserted).not.toHaveBeenCalled();
  });

  it('keeps the last run of what runs nightly, however often the sweep comes after it', async () => {
    const worker = await startWorker(store());
    const queue = queueOf(worker);
    await worker.get(ScheduleKeeper).restore();
    const before = Date.now();
    const verified = ends(worker, 'completed', 'verify');
    const [due] = (await queue.getDelayed()).filter(({ name }) => name === 'verify');
    await due?.promote();
    await verified;
    for (let turns = 0; turns < 3; turns += 1) {
      const swept = ends(worker, 'completed', 'sweep');
      await queue.add('sweep', {});
      await swept;
    }
    const { schedules } = await worker.get(JobDesk).look();
    const { last, next } = schedules.find(({ id }) => id === 'verify') ?? {};
    expect(last).toMatchObject({ result: 'done' });
    expect(last?.startedAt.getTime()).toBeGreaterThanOrEqual(before - 1_000);
    expect(next?.getTime()).toBeGreaterThan(Date.now());
    expect(schedules.find(({ id }) => id === 'drill')?.last).toBeNull();
  });

  it('shows a failed job with its reason, tries it again, and forgets it', async () => {
    const worker = await startWorker(store());
    const desk = worker.get(JobDesk);
    const queue = queueOf(worker);
    broken = new Error('connection lost');
    for (const importId of ['a', 'b']) {
      const failed = ends(worker, 'failed', 'import');
      await queue.add('import', { registryId: 1, importId }, ONCE);
      await failed;
    }
    const failed = ends(worker, 'failed', 'recompute');
    await queue.add('recompute', { registryId: 2 }, ONCE);
    await failed;

    const { jobs } = await desk.failed(1);
    expect(jobs).toMatchObject([
      { job: 'import', importId: 'b', attempts: 1, error: 'connection lost' },
      { job: 'import', importId: 'a' },
    ]);
    expect(jobs[0]?.failedAt).toBeInstanceOf(Date);
    const [{ id = '' } = {}] = (await desk.failed(2)).jobs;
    await expect(desk.retry(1, id)).rejects.toMatchObject({ code: 'job_unknown' });
    await expect(desk.remove(1, id)).rejects.toMatchObject({ code: 'job_unknown' });

    const failedAgain = ends(worker, 'failed', 'import');
    await desk.retry(1, jobs[0]?.id ?? '');
    await failedAgain;
    // As often as if it were new.
    expect((await desk.failed(1)).jobs[0]).toMatchObject({ importId: 'b', attempts: 1 });

    broken = undefined;
    const done = ends(worker, 'completed', 'import');
    await desk.retry(1, jobs[0]?.id ?? '');
    await done;
    await desk.remove(1, jobs[1]?.id ?? '');
    expect((await desk.failed(1)).jobs).toEqual([]);
    await expect(desk.retry(1, jobs[0]?.id ?? '')).rejects.toMatchObject({ code: 'job_unknown' });
    expect((await desk.failed(2)).jobs).toHaveLength(1);
  });

  it('neither tries again nor forgets what has not failed', async () => {
    const producer = await start([JobsModule.forRoot(store())]);
    const { id = '' } = await queueOf(producer).add('verify', {});
    const desk = producer.get(JobDesk);
    await expect(desk.retry(1, id)).rejects.toMatchObject({ code: 'job_not_failed' });
    await expect(desk.remove(1, id)).rejects.toMatchObject({ code: 'job_not_failed' });
  });

  it('turns the pages of what has failed', async () => {
    const worker = await startWorker(store());
    broken = new Error('connection lost');
    for (const importId of ['a', 'b', 'c']) {
      const failed = ends(worker, 'failed', 'import');
      await queueOf(worker).add('import', { registryId: 1, importId }, ONCE);
      await failed;
    }
    const desk = worker.get(JobDesk);
    const first = await desk.failed(1, { limit: 2 });
    expect(first.jobs.map(({ importId }) => importId)).toEqual(['c', 'b']);
    const second = await desk.failed(1, { limit: 2, after: first.next ?? '' });
    expect(second).toMatchObject({ jobs: [{ importId: 'a' }], next: null });
    await expect(desk.failed(1, { after: 'x' })).rejects.toMatchObject({ code: 'cursor_not_readable' });
  });
}

describe('the desk of jobs on PostgreSQL', () => {
  showsItsJobs('postgresql', () => ({ databaseUrl: database.url }));
});

describeWithRedis('the desk of jobs on Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startRedis();
  });

  afterAll(() => redis.stop());

  showsItsJobs('redis', () => ({ databaseUrl: database.url, redisUrl: redis.url }));
});

describeWithRedis('the desk of jobs whose Redis is gone', () => {
  it('says so, and waits for nobody', async () => {
    const redis = await startRedis();
    const producer = await start([JobsModule.forRoot({ databaseUrl: database.url, redisUrl: redis.url })]);
    const queue = queueOf(producer);
    await queue.waitUntilReady();
    const gone = once(queue, 'error');
    await redis.stop();
    await gone;
    await expect(producer.get(JobDesk).look()).rejects.toMatchObject({ code: 'job_queue_unreachable' });
  });
});
