import { recompute } from '../../libs/indicators/recompute';
import { readActs } from '../golden/acts';
import { inOneCall, perform } from '../golden/perform';
import { copyValues, valuesAsOf, type CopiedValues } from '../support/copied-values';
import { differencesBetween } from '../support/derived-rows';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

/** The golden year reaches into the years around it, and brings totals of years before. */
const YEARS = Array.from({ length: 14 }, (_, at) => String(2012 + at));

let database: TestDatabase;
const copies: CopiedValues[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  for (const [at, acts] of inOneCall(readActs()).entries()) {
    await perform(database.source, acts);
    if (acts[0]?.act !== 'reversal' && at % 4 !== 0) continue;
    await recompute(database.source, REGISTRY);
    copies.push(await copyValues(database.source, REGISTRY));
  }
  await recompute(database.source, REGISTRY);
  copies.push(await copyValues(database.source, REGISTRY));
}, 180_000);

afterAll(() => database?.drop());

describe('the golden year, looked back at from its end', () => {
  it('is at every moment what its values were then: metrics, rates, all orgs and periods', async () => {
    expect(copies.length).toBeGreaterThan(20);
    for (const { position, rows } of copies) {
      const asOf = await valuesAsOf(database.source, REGISTRY, position, YEARS);
      expect({ position, differences: differencesBetween(rows, asOf) }).toEqual({ position, differences: [] });
    }
  });
});
