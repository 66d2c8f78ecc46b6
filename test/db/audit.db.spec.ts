import { Client } from 'pg';
import { recordAct, recordActs, type Act } from '../../libs/accounts/audit';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let owner: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

function act(fields: Partial<Act> = {}): Act {
  return {
    registryId: REGISTRY,
    actor: '王芳',
    act: 'entries.append',
    thing: null,
    org: 'A',
    address: '127.0.0.1',
    result: 'done',
    detail: null,
    ...fields,
  };
}

describe('an act', () => {
  it('is recorded', async () => {
    await recordAct(database.source.manager, act());
    await recordActs(database.source.manager, [act({ thing: 'a\0b\ud800', detail: { rows: 2 } }), act()]);
    const { rows } = await owner.query('select * from audit_act order by seq');
    expect(rows.map(({ seq }) => seq)).toEqual(['1', '2', '3']);
    expect(rows[1]).toMatchObject({ thing: 'a\uFFFDb\uFFFD', detail: { rows: 2 } });
  });
});
