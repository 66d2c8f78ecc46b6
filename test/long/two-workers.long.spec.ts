import { randomUUID } from 'node:crypto';
import { Random } from '../../libs/demonstration/random';
import type { QueueStore } from '../../libs/jobs/queue-store';
import { timesOf } from '../support/full-counts';
import { HttpApplication } from '../support/http-application';
import { describeWithRedis } from '../support/needs';
import { killPrograms, Program } from '../support/program';
import { startRedis, type TestRedis } from '../support/redis';
import { caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { expectSoundValues, marksTaken } from '../support/sound-values';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const WRITES = timesOf(2_000);
const HOURS = 3_600_000;

/** Two workers, and jobs that come twice, late and in any order, end at the same values as one that computes all anew. */
function endsTheSame(storeOf: (database: TestDatabase) => QueueStore): void {
  let database: TestDatabase;
  let application: HttpApplication;

  beforeAll(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    const store = storeOf(database);
    application = await HttpApplication.start(store);
    const redis = store.redisUrl === undefined ? undefined : { REDIS_URL: store.redisUrl };
    const worker = await Program.start('worker', [], { DATABASE_URL: database.url, ...redis });
    await worker.says(/worker ready/);
    expect((await application.post('/api/entries', { entries: opening() })).body).toMatchObject({ refused: 0 });
  }, 180_000);

  afterAll(async () => {
    await killPrograms();
    await application?.close();
    await database?.drop();
  });

  it(
    `after ${WRITES} writes by two clients, with jobs doubled, delayed and reordered`,
    async () => {
      const random = new Random('two workers');
      const add = async (): Promise<void> => {
        const options = { delay: random.between(0, 400), priority: random.between(0, 5), removeOnComplete: true };
        await application.queue.add(random.pick({ recompute: 3, sweep: 1 }), { registryId: REGISTRY }, options);
      };
      const client = async (): Promise<void> => {
        const standing: string[] = [];
        for (let written = 0; written < WRITES / 2; written += 1) {
          if (standing.length > 3 && random.chance(0.25)) {
            const [reversed] = standing.splice(random.between(0, standing.length - 1), 1);
            const reversal = { id: randomUUID(), justification: '登记有误' };
            expect((await application.post(`/api/entries/${reversed}/reversal`, reversal)).status).toBe(201);
          } else {
            const one = someEntries(random);
            expect((await application.post('/api/entries', { entries: one, atomic: true })).body.refused).toBe(0);
            if (one.length === 1) standing.push(...one.map(({ id }) => id));
          }
          await Promise.all(Array.from({ length: random.between(0, 3) }, add));
        }
      };
      await Promise.all([client(), client()]);
      await marksTaken(database.source);
      await expectSoundValues(database.source, REGISTRY);
    },
    HOURS,
  );
}

function someEntries(random: Random) {
  const occurredOn = `2024-0${random.between(1, 9)}-${random.between(10, 28)}`;
  const org = random.pick({ A: 2, A1: 1, B: 2, P: 1 });
  if (random.chance(0.4)) return [entry({ org, occurredOn, quantity: String(random.between(0, 50)) })];
  if (random.chance(0.5)) {
    const donorCode = `V${random.between(1, 60)}`;
    return [entry({ kind: 'RetentionContacted', outcome: 'confirmed', org, occurredOn, donorCode })];
  }
  return caseEntries(
    occurredOn,
    [['ScreenRequested'], ['ScreenAnswered', random.pick({ agreed: 1, refused: 1 })]],
    org,
  );
}

describe('with the queue on PostgreSQL', () => {
  endsTheSame(({ url }) => ({ databaseUrl: url }));
});

describeWithRedis('with the queue on Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startRedis();
  });

  endsTheSame(({ url }) => ({ databaseUrl: url, redisUrl: redis.url }));

  // After the applications that it serves.
  afterAll(() => redis?.stop());
});
