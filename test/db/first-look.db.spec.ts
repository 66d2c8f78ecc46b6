import { lookFirst } from '../../libs/quality/first-look';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
}, 60_000);

afterAll(() => database.drop());

it('a registry that nobody has looked at is looked at once, with what waits to be computed', async () => {
  const { source } = database;
  await append(source, entry({ occurredOn: '2024-05-10' }));
  await lookFirst(source, REGISTRY);
  const found = () => source.query(`select rule, period, org from quality_finding order by rule, period, org`);
  const before = await found();
  expect(before).not.toEqual([]);

  await append(source, entry({ occurredOn: '2024-06-10' }));
  await lookFirst(source, REGISTRY);
  expect(await found()).toEqual(before);
  expect(await source.query(`select actor from audit_act where act = 'quality.run'`)).toEqual([{ actor: 'system' }]);
});
