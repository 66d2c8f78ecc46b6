import { setTimeout as pause } from 'node:timers/promises';
import { DEMONSTRATION_SIZE } from '../../libs/demonstration/entries';
import { Random } from '../../libs/demonstration/random';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import { YEAR_2024 } from '../support/demonstration-year';
import { derivedRows, differencesBetween } from '../support/derived-rows';
import { timesOf } from '../support/full-counts';
import { describeWithRedis } from '../support/needs';
import { buildPrograms, killPrograms, Program } from '../support/program';
import { startRedis, type TestRedis } from '../support/redis';
import { expectSoundValues, marksTaken } from '../support/sound-values';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const { registryId } = DEMONSTRATION_REGISTRY;
const KILLS = timesOf(200);
const KILLS_OF_A_LOAD = 20;
const HOURS = 3 * 3_600_000;

let database: TestDatabase;

beforeAll(() => buildPrograms(), 180_000);

afterEach(killPrograms);

afterAll(() => database?.drop());

async function freshDatabase(): Promise<void> {
  const old = database;
  database = await createTestDatabase();
  await old?.drop();
}

interface Storm {
  readonly random: Random;
  readonly kills: number;
  readonly work: () => Promise<Program>;
  readonly worker: () => Promise<Program>;
  readonly flush?: () => Promise<void>;
}

/** Kills the work and the worker at any moment and starts them again, then lets the work end. @returns the kills */
async function outlast({ random, kills, work, worker, flush }: Storm): Promise<number> {
  let [working, serving] = await Promise.all([work(), worker()]);
  let killed = 0;
  while (killed < kills) {
    const ended = await Promise.race([working.ended, pause(random.between(200, 6_000), undefined, { ref: false })]);
    if (ended) break;
    const victim = random.pick({ work: 2, worker: 2, both: 1, flush: flush ? 2 : 0 });
    if (victim === 'flush') await flush?.();
    if (victim === 'work' || victim === 'both') {
      await working.kill();
      working = await work();
    }
    if (victim === 'worker' || victim === 'both') {
      await serving.kill();
      serving = await worker();
    }
    if (victim !== 'flush') killed += 1;
  }
  expect(await working.ended).toMatchObject({ code: 0 });
  // What a killed worker left is taken by the one that runs.
  await marksTaken(database.source);
  expect(await Promise.race([serving.ended, 'still serving'])).toBe('still serving');
  await serving.kill('SIGTERM');
  return killed;
}

function starts(name: 'cli' | 'worker', args: string[], redis?: TestRedis): () => Promise<Program> {
  const { url, ownerUrl } = database;
  const environment = { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, ...(redis && { REDIS_URL: redis.url }) };
  return () => Program.start(name, args, environment);
}

async function expectDemonstrationYear(): Promise<void> {
  const { source } = database;
  const question = { registryId, period: '2024' };
  const values = [...(await readMetricValues(source, question)), ...(await readIndicatorValues(source, question))];
  expect(Object.fromEntries(values.map(({ key, value }) => [key, value]))).toMatchObject(YEAR_2024);
  const [{ entries }] = await source.query('select count(*)::int as entries from entry');
  expect(entries).toBe(DEMONSTRATION_SIZE);
}

function survives(name: string, redis?: () => TestRedis): void {
  it(
    `${KILLS} kills while the demonstration is loaded leave its totals exact`,
    async () => {
      const random = new Random(`load ${name}`);
      for (let killed = 0; killed < KILLS;) {
        await freshDatabase();
        const kills = Math.min(KILLS_OF_A_LOAD, KILLS - killed);
        const [work, worker] = [starts('cli', ['demo', '--into-database-url']), starts('worker', [], redis?.())];
        killed += await outlast({ random, kills, work, worker, flush: redis && (() => redis().flush()) });
        await expectDemonstrationYear();
        await expectSoundValues(database.source, registryId);
      }
    },
    HOURS,
  );

  it(
    `${KILLS} kills while everything is rebuilt leave every value as it was`,
    async () => {
      const random = new Random(`rebuild ${name}`);
      const before = await derivedRows(database.source, registryId);
      for (let killed = 0; killed < KILLS;) {
        const [work, worker] = [starts('cli', ['rebuild']), starts('worker', [], redis?.())];
        const kills = KILLS - killed;
        // A rebuild may end before it is killed: then the next begins.
        killed += await outlast({ random, kills, work, worker, flush: redis && (() => redis().flush()) });
        expect(differencesBetween(before, await derivedRows(database.source, registryId))).toEqual([]);
      }
      await expectDemonstrationYear();
      await expectSoundValues(database.source, registryId);
    },
    HOURS,
  );
}

describe('with the queue on PostgreSQL', () => survives('postgresql'));

describeWithRedis('with the queue on Redis, flushed in between', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startRedis();
  });

  survives('redis', () => redis);

  afterAll(() => redis?.stop());
});
