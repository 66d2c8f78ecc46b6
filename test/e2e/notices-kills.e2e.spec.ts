import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../libs/demonstration/random';
import type { QueueStore } from '../../libs/jobs/queue-store';
import type { AssessmentNotice } from '../../libs/self-assessment/assessment-notice';
import { FailingReceiver, type Hearer } from '../support/failing-receiver';
import { closeHalfYear, freezeAt } from '../support/frozen-assessments';
import { HttpApplication } from '../support/http-application';
import { MortalWorker } from '../support/mortal-worker';
import { describeWithRedis } from '../support/needs';
import { buildPrograms, killPrograms } from '../support/program';
import { startRedis, type TestRedis } from '../support/redis';
import { seedOf } from '../support/seed';
import { bearer } from '../support/signed-in';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

const ASSESSMENTS = 24;
/** Failures of the receiver, restarts of it or of the worker, and doubled jobs. */
const DISTURBANCES = 50;
/** A worker takes seconds to begin, and a silent receiver to be given up. */
const KILLS = 6;
const SILENCES = 3;
const SEED = seedOf('NOTICES_SEED');

beforeAll(() => buildPrograms());

afterAll(killPrograms);

/** Each subscriber does once what each frozen assessment asks for, whatever happens on the way. */
function reachesEverybodyOnce(name: string, storeOf: (database: TestDatabase) => QueueStore, redis?: () => TestRedis) {
  let database: TestDatabase;
  let application: HttpApplication;
  let receiver: FailingReceiver;

  afterAll(async () => {
    await killPrograms();
    await application?.close();
    await receiver?.stop();
    await database?.drop();
  });

  it(`through ${DISTURBANCES} failures, restarts and duplicates`, async () => {
    process.stderr.write(`NOTICES_SEED=${SEED} (${name})\n`);
    const random = new Random(`notices ${name} ${SEED}`);
    database = await createTestDatabase();
    const { source } = database;
    await createSmallRegistry(source);
    await closeHalfYear(source, '2023');
    const store = storeOf(database);
    application = await HttpApplication.start(store, { worker: false });
    receiver = new FailingReceiver(random);
    await receiver.start();

    const administrator = await bearer(source, 'administrator');
    const subscriptions = new Map<string, Hearer>();
    for (const path of ['/finance', '/province']) {
      const hearer = receiver.hearer(path);
      const wanted = { topic: 'assessments', via: 'webhook', address: receiver.url(path) };
      const { body } = await application.post('/api/subscriptions', wanted, administrator);
      hearer.secret = body.secret;
      subscriptions.set(body.id, hearer);
    }

    const environment = { DATABASE_URL: database.url, ...(store.redisUrl && { REDIS_URL: store.redisUrl }) };
    const worker = await MortalWorker.start(environment);
    const kill = async () => void (worker.kills < KILLS && (await worker.kill()));
    receiver.killSender = kill;
    const deliver = () => application.queue.add('deliver', {}, { removeOnComplete: true });
    // Hours pass: also what is on its way just now counts as lost, and is sent a second time.
    const letTimePass = () => source.query(`update delivery set next_attempt_at = now() where state = 'waiting'`);
    const passUntil = async (reached: () => Promise<boolean>) => {
      for (const deadline = Date.now() + 60_000; !(await reached()); await pause(100)) {
        if (Date.now() > deadline) throw new Error(`nothing more is sent; the worker said: ${worker.said}`);
        await letTimePass();
        await deliver();
      }
    };
    let doubled = 0;
    let restarts = 0;
    let silences = 0;
    const disturbances = () => receiver.failures + worker.kills + doubled + restarts;
    const disturb = {
      'doubled job': async () => {
        doubled += 1;
        await Promise.all([deliver(), deliver(), deliver()]);
      },
      'flushed queue': async () => void (await redis?.().flush()),
      'killed worker': kill,
      'receiver away': async () => {
        restarts += 1;
        await receiver.stop();
        await deliver();
        await pause(random.between(50, 300));
        await receiver.start();
      },
      'silent receiver': async () => {
        if ((silences += 1) > SILENCES) return;
        receiver.beSilentOnce();
        await deliver();
        await pause(300);
        if (random.chance(0.7)) await kill();
      },
    };

    const stateOf = (of: string): Promise<unknown[]> => source.query(`select state from delivery where ${of}`);
    let frozen = 0;
    while (frozen < ASSESSMENTS || disturbances() < DISTURBANCES || receiver.failures < DISTURBANCES / 2) {
      if (frozen < ASSESSMENTS || (await stateOf(`state = 'waiting'`)).length < 3) {
        const address = { org: 'P', form: 'hunan-project', period: '2023-H1', project: `${frozen % 12}` };
        await freezeAt(source, { ...address, revision: 1 + Math.floor(frozen / 12) }, { frozen });
        frozen += 1;
      }
      await letTimePass();
      await deliver();
      const odds = { 'doubled job': 4, 'killed worker': 1, 'receiver away': 2, 'silent receiver': 0.5 };
      if (random.chance(0.35)) await disturb[random.pick({ ...odds, ...(redis && { 'flushed queue': 2 }) })]();
      await pause(random.between(20, 200));
    }

    // One was refused until it was given up; whoever keeps the subscriptions sees it, and has it sent again.
    let resent = 0;
    const resend = async (): Promise<void> => {
      for (const id of subscriptions.keys()) {
        const { body } = await application.get(`/api/subscriptions/${id}/deliveries`, administrator);
        for (const delivery of body.deliveries.filter(({ state }: { state: string }) => state === 'dead')) {
          const path = `/api/subscriptions/${id}/deliveries/${delivery.id}/resend`;
          expect((await application.post(path, {}, administrator)).status).toBe(202);
          resent += 1;
        }
      }
    };
    await passUntil(async () => (await stateOf(`state = 'dead' and id::text = '${receiver.refused}'`)).length === 1);
    receiver.mend();
    await passUntil(async () => {
      await resend();
      return (await stateOf(`state <> 'delivered'`)).length === 0;
    });

    const reader = await bearer(source, 'auditor');
    const listed = (await application.get('/api/feed/assessments', reader)).body.assessments as AssessmentNotice[];
    expect(listed).toHaveLength(frozen);
    for (const [id, { effects }] of subscriptions) {
      const sent: { id: string }[] = await source.query('select id from delivery where subscription_id = $1', [id]);
      expect([...effects.keys()].sort()).toEqual(sent.map((one) => one.id).sort());
      const heard = [...effects.values()] as AssessmentNotice[];
      expect(heard.map(({ path }) => path).sort()).toEqual(listed.map(({ path }) => path).sort());
      for (const { path, sha256 } of heard) {
        const response = await fetch(`${application.url}${path}`, { headers: reader });
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      }
    }
    expect(receiver.forged).toBe(0);
    expect(disturbances()).toBeGreaterThanOrEqual(DISTURBANCES);
    expect(Math.min(worker.kills, restarts + doubled, receiver.repeats, resent)).toBeGreaterThan(0);
    process.stderr.write(
      `${JSON.stringify({ requests: receiver.requests, repeats: receiver.repeats, kills: worker.kills, doubled, restarts, resent })} ${JSON.stringify([...receiver.faults])}\n`,
    );
  });
}

describe('each subscriber hears of each frozen assessment once, with the queue on PostgreSQL', () => {
  reachesEverybodyOnce('postgresql', ({ url }) => ({ databaseUrl: url }));
});

describeWithRedis('each subscriber hears of each frozen assessment once, with the queue on Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startRedis();
  });

  reachesEverybodyOnce(
    'redis',
    ({ url }) => ({ databaseUrl: url, redisUrl: redis.url }),
    () => redis,
  );

  // After the application that it serves.
  afterAll(() => redis?.stop());
});
