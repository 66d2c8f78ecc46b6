import { findProgress } from '../../libs/indicators/registry.queries';
import { recompute } from '../../libs/indicators/recompute';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('the year that pages begin with', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
  });

  afterAll(() => database?.drop());

  it('stays with the last that has six months of entries, also over a year without any', async () => {
    const { source } = database;
    const year = async () => (await findProgress(source.manager, REGISTRY)).latestYear;
    const months = ['01', '02', '03', '04', '05', '06'];
    await append(source, ...opening(), ...months.map((month) => entry({ occurredOn: `2024-${month}-08` })));
    await recompute(source, REGISTRY);
    expect(await year()).toBe('2024');
    await append(source, entry({ occurredOn: '2026-01-08' }));
    await recompute(source, REGISTRY);
    expect(await year()).toBe('2024');
  });
});
