import { Client } from 'pg';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, entry({ occurredOn: '2023-01-05' }));
  await closeAndRecompute(database.source, REGISTRY, '2023-01', '李主任');
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
});

function verify(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, 'verify', ...args);
}

describe('verify --seals', () => {
  it('ends with 0 and the last hash, which it knows again, and not another', async () => {
    const { code, stdout } = await verify('--seals');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('复核 1 个封存，不符 0 处。') });
    const [, known = ''] = /noted elsewhere: (\d+:[0-9a-f]{64})\n/.exec(stdout) ?? [];
    expect(await verify('--seals', '--known', known)).toMatchObject({ code: 0 });
    expect(await verify('--seals', '--known', `${known.slice(0, -64)}${'0'.repeat(64)}`)).toMatchObject({
      ...{ code: 1, stdout: expect.stringContaining('与此前记下的指纹不同') },
    });
  });

  it('ends with 1 and the month whose entries were changed, and so does verify', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(
      `alter table entry disable trigger user; update entry set quantity = 2; alter table entry enable trigger user`,
    );
    await owner.end();

    const { code, stdout } = await verify('--seals', '--format', 'json');
    expect(code).toBe(1);
    const { checked, drift, findings } = JSON.parse(stdout);
    expect({ checked, drift, findings }).toEqual({
      ...{ checked: 1, drift: 1, findings: [{ period: '2023-01', number: 1, problem: 'entries' }] },
    });
    expect(await verify()).toMatchObject({ code: 1, stdout: expect.stringContaining('2023-01 #1') });
  });
});
