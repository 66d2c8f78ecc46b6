import { getQueueToken } from '@nestjs/bullmq';
import { INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue } from 'bullmq';
import { once, EventEmitter } from 'node:events';
import { AddressInfo, connect, createServer, Socket } from 'node:net';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { LedgerProcessor } from '../../apps/worker/ledger.processor';
import { ScheduleKeeper } from '../../apps/worker/schedule-keeper.service';
import { WorkerModule } from '../../apps/worker/worker.module';
import { DomainError } from '../../libs/core/domain-error';
import { JOB_HANDLERS, JobHandlers } from '../../libs/jobs/job-handlers';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { migrateJobQueue } from '../../libs/jobs/migrate-job-queue';
import { LEDGER_QUEUE } from '../../libs/jobs/queue';
import { QueueStore } from '../../libs/jobs/queue-store';
import { SCHEDULES } from '../../libs/jobs/schedules';
import { WakeUp } from '../../libs/jobs/wake-up';
import { describeWithRedis } from '../support/needs';
import { startRedis, TestRedis } from '../support/redis';
import { createTestDatabase, TestDatabase } from '../support/test-database';

@Module({})
class TestApplication {}

let database: TestDatabase;
const applications: INestApplicationContext[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

afterEach(endAll);

async function endAll(): Promise<void> {
  await Promise.all(applications.splice(0).map((application) => application.close()));
}

async function start(imports: Parameters<typeof Module>[0]['imports']): Promise<INestApplicationContext> {
  const application = await NestFactory.createApplicationContext(
    { module: TestApplication, imports },
    { logger: false, abortOnError: false },
  );
  applications.push(application);
  return application;
}

async function asOwner({ ownerUrl }: TestDatabase, statement: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function startProducer(store: QueueStore): Promise<INestApplicationContext> {
  return start([JobsModule.forRoot(store)]);
}

function startWorker(store: QueueStore, handlers: Partial<JobHandlers>): Promise<INestApplicationContext> {
  const nothing = () => Promise.resolve();
  const useValue = {
    recompute: nothing,
    sweep: nothing,
    import: nothing,
    verify: nothing,
    notify: nothing,
    deliver: nothing,
    quality: nothing,
    drill: nothing,
    ...handlers,
  };
  return start([JobsModule.forRoot(store), WorkerModule.forRoot({ handlers: { provide: JOB_HANDLERS, useValue } })]);
}

function queueOf(application: INestApplicationContext): Queue {
  return application.get<Queue>(getQueueToken(LEDGER_QUEUE));
}

/** Resolves when a job of this worker has failed for good. */
async function failsForGood(worker: INestApplicationContext): Promise<{ attempts: number; reason: string }> {
  return new Promise((resolve) => {
    worker.get(LedgerProcessor).worker.on('failed', (job, error) => {
      if (job?.finishedOn) resolve({ attempts: job.attemptsMade, reason: error.message });
    });
  });
}

/** What every store of the queue must do alike. */
function behavesAsAQueue(store: () => QueueStore): void {
  afterEach(async () => {
    await endAll();
    const queue = queueOf(await startProducer(store()));
    for (const { key } of await queue.getJobSchedulers()) await queue.removeJobScheduler(key);
    await queue.drain(true);
    await queue.clean(0, 0, 'failed');
  });

  it('brings a wake-up to the worker', async () => {
    const events = new EventEmitter();
    await startWorker(store(), { recompute: async (payload) => void events.emit('recompute', payload) });
    const producer = await startProducer(store());
    const recomputed = once(events, 'recompute');
    producer.get(WakeUp).recompute(43);
    expect(await recomputed).toEqual([{ registryId: 43 }]);
  });

  it('tries a failing job five times and then keeps it as failed', async () => {
    const worker = await startWorker(store(), { recompute: () => Promise.reject(new Error('connection lost')) });
    const failed = failsForGood(worker);
    await queueOf(worker).add('recompute', { registryId: 1 }, { backoff: { type: 'exponential', delay: 2 } });
    expect(await failed).toEqual({ attempts: 5, reason: 'connection lost' });
    expect(await queueOf(worker).getFailedCount()).toBe(1);
  });

  it('does not try again what was refused', async () => {
    const refusal = new DomainError('month_closed', { zh: '该月已结账。', en: 'The month is closed.' });
    const worker = await startWorker(store(), { recompute: () => Promise.reject(refusal) });
    const failed = failsForGood(worker);
    await queueOf(worker).add('recompute', { registryId: 1 });
    expect(await failed).toEqual({ attempts: 1, reason: refusal.message });
  });

  it('makes few jobs of a thousand writes, and the last write is always seen', async () => {
    let written = 0;
    let passes = 0;
    const events = new EventEmitter();
    const producer = await startProducer(store());
    await startWorker(store(), {
      recompute: async () => {
        passes += 1;
        const seen = written;
        await turn();
        events.emit(`seen ${seen}`);
      },
    });
    const lastSeen = once(events, 'seen 1000');
    for (; written < 1000; await turn()) {
      written += 1;
      producer.get(WakeUp).recompute(1);
    }
    await lastSeen;
    expect(passes).toBeLessThan(100);
  });

  it('adds a wake-up that is still pending when the process is asked to end', async () => {
    const producer = await startProducer(store());
    producer.get(WakeUp).recompute(5);
    await producer.close();
    const waiting = await queueOf(await startProducer(store())).getWaiting();
    // A job that an earlier one has left behind is no harm: what waits is this one.
    expect(waiting.map(({ data }) => data.registryId)).toContain(5);
  });

  it('shares its jobs among two workers, each job once', async () => {
    const taken: { worker: string; registryId: number }[] = [];
    const events = new EventEmitter();
    const bothAtWork = Promise.all([once(events, 'first'), once(events, 'second')]);
    const handlersOf = (worker: string): Partial<JobHandlers> => ({
      recompute: async ({ registryId }) => {
        taken.push({ worker, registryId });
        events.emit(worker);
        await bothAtWork;
        events.emit('done');
      },
    });
    const registries = Array.from({ length: 40 }, (_, index) => index + 1);
    const allDone = new Promise<void>((resolve) => {
      let done = 0;
      events.on('done', () => ++done === registries.length && resolve());
    });
    const producer = await startProducer(store());
    await Promise.all(registries.map((registryId) => queueOf(producer).add('recompute', { registryId })));
    await Promise.all([startWorker(store(), handlersOf('first')), startWorker(store(), handlersOf('second'))]);
    await allDone;
    expect(taken.map(({ registryId }) => registryId).sort((a, b) => a - b)).toEqual(registries);
  });

  it('lets the running job end before the worker does', async () => {
    const events = new EventEmitter();
    const steps: string[] = [];
    const worker = await startWorker(store(), {
      recompute: async () => {
        events.emit('begun');
        await once(events, 'go on');
        steps.push('job ended');
      },
    });
    const begun = once(events, 'begun');
    await queueOf(worker).add('recompute', { registryId: 1 });
    await begun;
    const closed = worker.close().then(() => steps.push('worker ended'));
    await turn();
    events.emit('go on');
    await closed;
    expect(steps).toEqual(['job ended', 'worker ended']);
    expect(await queueOf(await startProducer(store())).getJobCounts('active', 'failed')).toEqual({
      active: 0,
      failed: 0,
    });
  });

  it('sweeps as soon as it starts, keeps exactly the listed schedules and restores a lost one', async () => {
    const events = new EventEmitter();
    const swept = once(events, 'sweep');
    const producer = await startProducer(store());
    await queueOf(producer).upsertJobScheduler('retired', { every: 60_000 }, { name: 'sweep' });
    const worker = await startWorker(store(), { sweep: async () => void events.emit('sweep') });
    await swept;
    const keeper = worker.get(ScheduleKeeper);
    await keeper.restore();
    const listed = SCHEDULES.map(({ id }) => id).sort();
    const standing = async () => (await queueOf(producer).getJobSchedulers()).map(({ key }) => key).sort();
    expect(await standing()).toEqual(listed);

    const { next } = (await queueOf(producer).getJobScheduler('verify')) ?? {};
    expect(new Date(next ?? 0).toISOString()).toMatch(/T19:30:00/); // 03:30 in Shanghai

    await queueOf(producer).removeJobScheduler('sweep');
    await keeper.restore();
    expect(await standing()).toEqual(listed);
    await keeper.restore();
    expect((await queueOf(producer).getJobScheduler('verify'))?.next).toBe(next);
  });
}

describe('jobs on PostgreSQL', () => {
  const store = (): QueueStore => ({ databaseUrl: database.url });

  behavesAsAQueue(store);

  it('is migrated twice, also at once, without harm', async () => {
    await Promise.all([migrateJobQueue(database.ownerUrl), migrateJobQueue(database.ownerUrl)]);
  });

  it('lets the application use the tables of the queue, not change them', async () => {
    const { source } = database;
    await expect(source.query('create table bullmq.more ()')).rejects.toThrow('permission denied');
    await expect(source.query('alter table bullmq.job add more text')).rejects.toThrow('must be owner');
    await expect(source.query('delete from bullmq.migration')).rejects.toThrow('permission denied');
  });

  it('refuses to start on a database that was not migrated, and says what to run', async () => {
    const empty = await createTestDatabase();
    try {
      await asOwner(empty, 'drop schema bullmq cascade');
      await expect(startProducer({ databaseUrl: empty.url })).rejects.toMatchObject({ code: 'job_queue_not_migrated' });
    } finally {
      await empty.drop();
    }
  });
});

describeWithRedis('jobs on Redis', () => {
  let redis: TestRedis;
  const store = (): QueueStore => ({ databaseUrl: database.url, redisUrl: redis.url });

  beforeAll(async () => {
    redis = await startRedis();
  });

  afterAll(() => redis.stop());

  behavesAsAQueue(store);

  it('ends also while Redis is out of reach', async () => {
    const line = await openLine(redis.url);
    const worker = await startWorker({ databaseUrl: database.url, redisUrl: line.url }, {});
    await queueOf(worker).waitUntilReady();
    await line.cut();
    await worker.close();
  });

  it('goes on after everything was flushed in the middle of a job, and the schedules come back', async () => {
    const events = new EventEmitter();
    const worker = await startWorker(store(), {
      recompute: async ({ registryId }) => {
        events.emit(`begun ${registryId}`);
        if (registryId === 1) await once(events, 'go on');
      },
      sweep: async () => void events.emit('sweep'),
    });
    const queue = queueOf(worker);
    const begun = once(events, 'begun 1');
    await queue.add('recompute', { registryId: 1 });
    await begun;
    await redis.flush();
    events.emit('go on');
    const swept = once(events, 'sweep');
    for (const registryId of [2, 3]) {
      const next = once(events, `begun ${registryId}`);
      worker.get(WakeUp).recompute(registryId);
      await next;
    }
    await swept;
    // The sweep may come before the last of them stands.
    while ((await queue.getJobSchedulersCount()) < SCHEDULES.length) await pause(20);
  }, 20_000);

  it('neither fails nor delays a write while Redis is down, says so once, and goes on afterwards', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const line = await openLine(redis.url);
    try {
      const events = new EventEmitter();
      await startWorker(store(), { recompute: async ({ registryId }) => void events.emit(`recomputed ${registryId}`) });
      const producer = await startProducer({ databaseUrl: database.url, redisUrl: line.url });
      const wakeUp = producer.get(WakeUp);
      const before = once(events, 'recomputed 1');
      wakeUp.recompute(1);
      await before;

      await line.cut();
      const failed = jest.spyOn(queueOf(producer), 'add');
      while (failed.mock.calls.length < 3) {
        const begun = performance.now();
        wakeUp.recompute(2);
        expect(performance.now() - begun).toBeLessThan(20);
        await turn();
      }
      expect(warn).toHaveBeenCalledTimes(1);

      await line.mend();
      const after = once(events, 'recomputed 3').then(() => 'recomputed');
      do wakeUp.recompute(3);
      while ((await Promise.race([after, pause(20)])) !== 'recomputed');
    } finally {
      warn.mockRestore();
      await endAll();
      await line.cut();
    }
  });
});

/** A line to Redis that can be cut and mended, as an outage does. */
async function openLine(redisUrl: string) {
  const { hostname, port } = new URL(redisUrl);
  const sockets = new Set<Socket>();
  const gate = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => undefined).on('close', () => to.destroy() && sockets.delete(from));
    }
  });
  await once(gate.listen(0, '127.0.0.1'), 'listening');
  const address = gate.address() as AddressInfo;
  return {
    url: `redis://127.0.0.1:${address.port}`,
    async cut(): Promise<void> {
      const closed = gate.listening ? once(gate, 'close') : undefined;
      gate.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend(): Promise<void> {
      await once(gate.listen(address.port, '127.0.0.1'), 'listening');
    },
  };
}
