import { rebuild, recompute, sweep } from '../../libs/indicators/recompute';
import { derivedRows, differencesBetween } from '../support/derived-rows';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'));
  for (const donorCode of ['D1', 'D2', 'D3']) await contact(donorCode);
  await recompute(database.source, REGISTRY);
});

afterAll(() => database.drop());

async function contact(donorCode: string): Promise<void> {
  await append(database.source, entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode }));
}

/** As a program has left them that did not know a metric. */
async function computedByAnother(): Promise<void> {
  await database.source.query(`delete from metric_value where key = 'retention.confirmed'`);
  await database.source.query(`update recompute_head set definitions = 'another'`);
}

async function driftOfRebuild(): Promise<string[]> {
  const before = await derivedRows(database.source, REGISTRY);
  await rebuild(database.source, REGISTRY);
  return differencesBetween(before, await derivedRows(database.source, REGISTRY));
}

describe('values that a program with other definitions has computed', () => {
  it('are all computed again with the next entry, and nothing is added to what it left', async () => {
    await computedByAnother();
    await contact('D4');
    await recompute(database.source, REGISTRY);

    expect(await driftOfRebuild()).toEqual([]);
    const [figure] = await database.source.query(
      `select value::text from metric_value where key = 'retention.confirmed' and org = 'P' and period = '2024'`,
    );
    expect(figure).toEqual({ value: '4' });
  });

  it('are computed again by the sweep when nothing is entered', async () => {
    await computedByAnother();
    await sweep(database.source);

    expect(await driftOfRebuild()).toEqual([]);
  });

  it('are left alone once they are computed', async () => {
    const computed = async () => (await database.source.query('select computed_at from recompute_head'))[0];
    const before = await computed();
    await sweep(database.source);

    expect(await computed()).toEqual(before);
  });
});
