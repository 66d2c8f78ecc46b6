import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../libs/demonstration/random';
import { freePort } from '../support/free-port';
import { timesOf } from '../support/full-counts';
import { buildPrograms, killPrograms, Program } from '../support/program';
import { expectWholeRows, send, somethingToSend, storedOf, type Sent } from '../support/sent-calls';
import { bearer } from '../support/signed-in';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { expectSoundValues, marksTaken } from '../support/sound-values';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const KILLS = timesOf(200);
const CLIENTS = 4;
const HOURS = 3 * 3_600_000;

let database: TestDatabase;
let url: string;
let shown: Record<string, string>;
let program: Program;
const random = new Random('acknowledged');

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  shown = await bearer(database.source, 'clerk');
  url = `http://127.0.0.1:${await freePort()}`;
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
});

async function start(): Promise<void> {
  const environment = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, PORT: new URL(url).port };
  program = await Program.start('alone', [], environment);
  await program.says(/Marrow Ledger is ready/);
}

it(
  `what was acknowledged before one of ${KILLS} kills is there once, the rest whole or not at all until it is sent again`,
  async () => {
    const ids: string[] = [];
    const standing: string[] = [];
    await start();
    for (let killed = 0; killed < KILLS; killed += 1) {
      const acknowledged: string[] = [];
      const unanswered: Sent[] = [];
      const clients = Array.from({ length: CLIENTS }, async () => {
        for (;;) {
          const sent = somethingToSend(random, standing);
          ids.push(...sent.ids);
          const answer = await send(url, shown, sent);
          acknowledged.push(...answer.ids);
          if (!answer.ended) return void unanswered.push(sent);
          if (sent.ids.length === 1) standing.push(...sent.ids);
        }
      });
      await pause(random.between(20, 1_500));
      await program.kill();
      await Promise.all(clients);

      await start();
      expect(await storedOf(database.source, acknowledged)).toBe(acknowledged.length);
      await expectWholeRows(database.source);
      for (const sent of unanswered) {
        if (sent.whole) expect([0, sent.ids.length]).toContain(await storedOf(database.source, sent.ids));
        expect((await send(url, shown, sent)).ended).toBe(true);
        expect(await storedOf(database.source, sent.ids)).toBe(sent.ids.length);
      }
    }

    const [{ count }] = await database.source.query('select count(*)::int as count from entry');
    expect(count).toBe(new Set(ids).size);
    expect(ids.length).toBe(new Set(ids).size);
    await marksTaken(database.source);
    await program.kill('SIGTERM');
    await expectSoundValues(database.source, REGISTRY);
  },
  HOURS,
);
