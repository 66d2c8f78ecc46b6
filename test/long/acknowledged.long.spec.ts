import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../libs/demonstration/random';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { freePort } from '../support/free-port';
import { timesOf } from '../support/full-counts';
import { buildPrograms, killPrograms, Program } from '../support/program';
import { createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { expectSoundValues, marksTaken } from '../support/sound-values';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const KILLS = timesOf(200);
const CLIENTS = 4;
const HOURS = 3 * 3_600_000;

/** What a client sends in one call, and the ids that it must find again, wholly or not at all. */
interface Sent {
  readonly path: string;
  readonly body: object;
  readonly ids: readonly string[];
}

let database: TestDatabase;
let url: string;
let program: Program;
const random = new Random('acknowledged');

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
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

function someEntry(): EntryInput {
  const day = `2024-0${random.between(1, 9)}-${random.between(10, 28)}`;
  return entry({
    org: random.pick({ A: 2, A1: 1, B: 2, P: 1 }),
    occurredOn: day,
    quantity: String(random.between(1, 90)),
  });
}

/** One entry, many, or the reversal of one that stands, with another in its place. */
function something(standing: string[]): Sent {
  const kind = random.pick({ one: 3, many: 2, reversal: standing.length > 0 ? 1 : 0 });
  if (kind === 'one') {
    const body = someEntry();
    return { path: '/api/entries', body, ids: [body.id] };
  }
  if (kind === 'many') {
    const entries = Array.from({ length: random.between(2, 400) }, someEntry);
    return { path: '/api/entries', body: { entries, atomic: random.chance(0.5) }, ids: entries.map(({ id }) => id) };
  }
  const [reversed] = standing.splice(random.between(0, standing.length - 1), 1);
  const body = { id: randomUUID(), justification: '登记有误', replacement: someEntry() };
  return { path: `/api/entries/${reversed}/reversal`, body, ids: [body.id, body.replacement.id] };
}

/** Whether the answer came back whole. */
async function acknowledged({ path, body }: Sent): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = (await response.json()) as { refused?: number };
    expect({ status: response.ok, refused: answer.refused ?? 0, answer }).toMatchObject({ status: true, refused: 0 });
    return true;
  } catch (error) {
    // The connection went with the program.
    if ((error as Error).name === 'TypeError') return false;
    throw error;
  }
}

async function storedOf(ids: readonly string[]): Promise<number> {
  const [{ count }] = await database.source.query(
    'select count(*)::int as count from entry where id = any($1::uuid[])',
    [ids],
  );
  return count;
}

it(
  `what was acknowledged before one of ${KILLS} kills is there once, the rest whole or not at all until it is sent again`,
  async () => {
    const ids: string[] = [];
    const standing: string[] = [];
    await start();
    for (let killed = 0; killed < KILLS; killed += 1) {
      const done: Sent[] = [];
      const unanswered: Sent[] = [];
      const clients = Array.from({ length: CLIENTS }, async () => {
        for (;;) {
          const sent = something(standing);
          if (!(await acknowledged(sent))) return void unanswered.push(sent);
          done.push(sent);
          if (sent.ids.length === 1) standing.push(...sent.ids);
        }
      });
      await pause(random.between(20, 1_500));
      await program.kill();
      await Promise.all(clients);

      await start();
      for (const sent of done) expect(await storedOf(sent.ids)).toBe(sent.ids.length);
      for (const sent of unanswered) {
        expect([0, sent.ids.length]).toContain(await storedOf(sent.ids));
        expect(await acknowledged(sent)).toBe(true);
        expect(await storedOf(sent.ids)).toBe(sent.ids.length);
      }
      ids.push(...[...done, ...unanswered].flatMap((sent) => sent.ids));
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
