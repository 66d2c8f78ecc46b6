import { DEFINITIONS_HASH } from '../../libs/indicators/definitions-hash';
import { recompute } from '../../libs/indicators/recompute';
import { findTallyBasis } from '../../libs/indicators/tallies-as-of.queries';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

/** Writes of so many entries each, the first first; their positions. */
async function written(...sizes: number[]): Promise<string[]> {
  const positions: string[] = [];
  for (const size of sizes) {
    await append(database.source, ...Array.from({ length: size }, () => entry()));
    const [{ position }] = await database.source.query('select position from registry_head');
    positions.push(position);
  }
  await recompute(database.source, REGISTRY);
  return positions;
}

describe('what the tallies of a position are made of', () => {
  it('are those that stand, less the few entries of many writes after it', async () => {
    const [first, , , last] = await written(9, 1, 1, 1);
    expect(await findTallyBasis(database.source.manager, REGISTRY, first!)).toEqual({
      standing: true,
      after: first,
      upTo: last,
      sign: -1,
      computed: last,
      definitions: DEFINITIONS_HASH,
    });
  });

  it('are the few entries of many writes up to it, where one of many came after', async () => {
    const [, , third, last] = await written(1, 1, 1, 9);
    expect(await findTallyBasis(database.source.manager, REGISTRY, third!)).toEqual({
      standing: false,
      after: '0',
      upTo: third,
      sign: 1,
      computed: last,
      definitions: DEFINITIONS_HASH,
    });
  });
});
