import { setTimeout as pause } from 'node:timers/promises';
import { verifyAudit } from '../../libs/accounts/verify-audit';
import { Random } from '../../libs/demonstration/random';
import { freePort } from '../support/free-port';
import { timesOf } from '../support/full-counts';
import { HEAD } from '../support/importing';
import { describeWithRedis } from '../support/needs';
import { buildPrograms, killPrograms, Program } from '../support/program';
import { startRedis, type TestRedis } from '../support/redis';
import { expectWholeRows, send, somethingToSend, storedOf, type Sent } from '../support/sent-calls';
import { bearer } from '../support/signed-in';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { expectSoundValues, marksTaken } from '../support/sound-values';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** Of each queue, so that both together are 200. */
const KILLS = timesOf(100);
const CLIENTS = 2;
const IMPORTERS = 2;
const HOURS = 3 * 3_600_000;

/** A file on its way in, and how far somebody at the page has seen it come. */
interface SentFile {
  readonly name: string;
  readonly rows: number;
  importId?: string;
  done?: boolean;
}

/** An office whose API and worker are programs of their own, any of which dies. */
class Office {
  private api!: Program;
  private worker!: Program;

  constructor(
    readonly url: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  async start(of: 'api' | 'worker' | 'both'): Promise<void> {
    const begin = async (name: 'api' | 'worker', ready: RegExp): Promise<Program> => {
      const program = await Program.start(name, [], this.environment);
      await program.says(ready);
      return program;
    };
    const [api, worker] = await Promise.all([
      of === 'worker' ? this.api : begin('api', /api ready/),
      of === 'api' ? this.worker : begin('worker', /worker ready/),
    ]);
    [this.api, this.worker] = [api, worker];
  }

  async kill(of: 'api' | 'worker' | 'both'): Promise<void> {
    await Promise.all([of !== 'worker' && this.api.kill(), of !== 'api' && this.worker.kill()]);
  }
}

/** Uploads a file, or takes it up again, lets it in and waits until it is. @returns false when the connection went */
async function bring(url: string, shown: Record<string, string>, file: SentFile, over: () => boolean): Promise<void> {
  const ask = async (path: string, request: RequestInit): Promise<{ importId: string; state: string }> => {
    const response = await fetch(`${url}/api/imports${path}`, {
      ...request,
      headers: { ...shown, ...request.headers },
    });
    const body = await response.json();
    expect({ status: response.status, body }).toMatchObject({ status: response.status < 500 ? response.status : 0 });
    return body as { importId: string; state: string };
  };
  try {
    const form = new FormData();
    const line = (row: number) => `RecruitmentRegistered,A,2024-05-${10 + (row % 19)},,${file.name}-${row},,,`;
    const lines = [HEAD, ...Array.from({ length: file.rows }, (_, row) => line(row))];
    form.append('file', new Blob([lines.join('\n')]), `${file.name}.csv`);
    const { importId } = await ask('', { method: 'POST', body: form });
    file.importId = importId;
    while (!over()) {
      const { state } = await ask(`/${importId}`, {});
      if (state === 'done') file.done = true;
      if (state === 'done') return;
      if (state === 'staged') await ask(`/${importId}/accept`, { method: 'POST' });
      else await pause(25);
    }
  } catch (error) {
    if ((error as Error).name !== 'TypeError') throw error;
  }
}

function survives(redis?: () => TestRedis): void {
  let database: TestDatabase;
  let office: Office;
  let shown: Record<string, string>;
  const random = new Random(`kills ${redis ? 'redis' : 'postgresql'}`);

  beforeAll(async () => {
    await buildPrograms();
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    shown = await bearer(database.source, 'clerk');
    const port = String(await freePort());
    const { url: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } = database;
    office = new Office(`http://127.0.0.1:${port}`, {
      ...{ DATABASE_URL, DATABASE_OWNER_URL, PORT: port },
      ...(redis && { REDIS_URL: redis().url }),
    });
  }, 180_000);

  afterAll(async () => {
    await killPrograms();
    await database?.drop();
  });

  async function rowsOf({ name }: SentFile): Promise<{ entries: number; donors: number }> {
    const [counts] = await database.source.query(
      `select count(*)::int as entries, count(distinct donor_code)::int as donors from entry where donor_code like $1`,
      [`${name}-%`],
    );
    return counts;
  }

  it(
    `what was acknowledged before one of ${KILLS} kills is there once, and files go on where they stopped`,
    async () => {
      const ids: string[] = [];
      const standing: string[] = [];
      const files: SentFile[] = [];
      await office.start('both');
      for (let killed = 0; killed < KILLS; killed += 1) {
        const acknowledged: string[] = [];
        const unanswered: Sent[] = [];
        let over = false;
        const client = async (): Promise<void> => {
          while (!over) {
            const sent = somethingToSend(random, standing);
            ids.push(...sent.ids);
            const answer = await send(office.url, shown, sent);
            acknowledged.push(...answer.ids);
            if (!answer.ended) return void unanswered.push(sent);
            if (sent.ids.length === 1) standing.push(...sent.ids);
          }
        };
        const importer = async (waiting: SentFile | undefined): Promise<void> => {
          let file = waiting;
          while (!over) {
            if (!file) files.push((file = { name: `F${files.length}`, rows: random.between(50, 6_000) }));
            await bring(office.url, shown, file, () => over);
            if (!file.done) return;
            file = undefined;
          }
        };
        const waiting = files.filter(({ done }) => !done);
        const work = [
          ...Array.from({ length: CLIENTS }, client),
          ...Array.from({ length: IMPORTERS }, (_, at) => importer(waiting[at])),
        ];
        await pause(random.between(50, 2_500));
        const victim = random.pick({ api: 2, worker: 2, both: 1 });
        await office.kill(victim);
        over = true;
        await Promise.all(work);

        await office.start(victim);
        expect(await storedOf(database.source, acknowledged)).toBe(acknowledged.length);
        await expectWholeRows(database.source);
        for (const file of files.filter(({ done }) => done)) {
          expect(await rowsOf(file)).toEqual({ entries: file.rows, donors: file.rows });
        }
        for (const sent of unanswered) {
          if (sent.whole) expect([0, sent.ids.length]).toContain(await storedOf(database.source, sent.ids));
          expect((await send(office.url, shown, sent)).ended).toBe(true);
        }
      }

      const deadline = Date.now() + 120_000;
      for (const file of files.filter(({ done }) => !done)) {
        await bring(office.url, shown, file, () => Date.now() > deadline);
        expect(file).toMatchObject({ done: true });
      }
      for (const file of files) expect(await rowsOf(file)).toEqual({ entries: file.rows, donors: file.rows });
      expect(await storedOf(database.source, ids)).toBe(ids.length);
      await expectWholeRows(database.source);
      await marksTaken(database.source);
      await office.kill('both');
      await expectSoundValues(database.source, REGISTRY);
      expect(await verifyAudit(database.source.manager, REGISTRY)).toMatchObject({ broken: 0 });
    },
    HOURS,
  );
}

describe('with the queue on PostgreSQL', () => survives());

describeWithRedis('with the queue on Redis', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startRedis();
  });

  survives(() => redis);

  afterAll(() => redis?.stop());
});
