import { machineOwner } from '../../libs/accounts/machine-owner';
import { previewEntries } from '../../libs/indicators/preview-entries';
import { recompute, sweep } from '../../libs/indicators/recompute';
import { findProgress } from '../../libs/indicators/registry.queries';
import { readStandingValues } from '../../libs/indicators/standing-values';
import { readMetricValues } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { chooseSetting } from '../../libs/ledger/settings';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(source, ...opening('A'), ...caseEntries('2023-01-05', TYPED), ...caseEntries('2023-01-06', TYPED));
  await recompute(source, REGISTRY);
});

afterEach(() => database.drop());

const TYPED: [string, string?][] = [
  ['ScreenRequested'],
  ['ScreenAnswered', 'agreed'],
  ['RemobiliseRequested'],
  ['RemobiliseAnswered', 'agreed'],
  ['HrTypingRequested'],
  ['HrTypingAnswered', 'agreed'],
];

async function choose(choice = 'after_match'): Promise<void> {
  const owner = await machineOwner(database.source.manager, REGISTRY);
  const input = { key: 'hr_agreed', choice, since: '2023-01', reason: '与省里口径一致' };
  await database.source.transaction((manager) => chooseSetting(manager, owner, input));
}

async function waiting(): Promise<number[]> {
  const { source } = database;
  const asked = { registryId: REGISTRY, period: '2023-01', keys: ['match.hr_agreed'] };
  const standing = await readStandingValues(source, readMetricValues, asked);
  return [(await findProgress(source.manager, REGISTRY)).waiting, standing.waiting];
}

describe('a choice that no value follows yet', () => {
  it('waits as an entry does, and no longer once a sweep has found it', async () => {
    expect(await waiting()).toEqual([0, 0]);
    await choose();
    expect(await waiting()).toEqual([1, 1]);
    await sweep(database.source);
    expect(await waiting()).toEqual([0, 0]);
  });

  it('keeps a month from being closed, also from psql: else its seal would hold what moves the next moment', async () => {
    const { source } = database;
    await choose();
    const close = () => source.query(`select close_month(1, '2023-01-01', 'psql', null)`);
    await expect(close()).rejects.toThrow('a choice waits to be computed');
    await recompute(source, REGISTRY);
    await close();
    expect(await verify(source, REGISTRY)).toMatchObject({ drift: 0, seals: { checked: 1, drift: 0 } });
  });

  it('keeps nobody from closing a registry that has no values yet', async () => {
    const other = 2;
    const { source } = database;
    await createSmallRegistry(source, other);
    const owner = { ...(await machineOwner(source.manager, REGISTRY)), registryId: other };
    const input = { key: 'stock', choice: 'gross', since: '2023-01', reason: '与省里口径一致' };
    await source.transaction((manager) => chooseSetting(manager, owner, input));
    await source.query(`select close_month(2, '2023-01-01', 'psql', null)`);
    expect(await verify(source, other)).toMatchObject({ drift: 0, seals: { checked: 1, drift: 0 } });
  });

  it('is in no preview of an entry: that is of the entry alone', async () => {
    await choose();
    const { figures } = await previewEntries(
      database.source,
      [entry({ occurredOn: '2023-01-20', quantity: '3' })],
      [],
      WRITER,
    );
    expect(figures.exact).toBe(true);
    expect(new Set(figures.metrics.map(({ key }) => key))).toEqual(new Set(['registry.recruited']));
  });

  it('may be made while workers recompute: the last of them follows it', async () => {
    const { source } = database;
    await append(source, ...caseEntries('2023-01-07', [...TYPED, ['HrTypingConcluded', 'match']]));
    const choosing = choose().then(async () => {
      await choose('to_be_sampled');
      await choose();
    });
    await Promise.all([choosing, ...[1, 2, 3].map(() => recompute(source, REGISTRY))]);
    await Promise.all([recompute(source, REGISTRY), recompute(source, REGISTRY)]);
    expect(await waiting()).toEqual([0, 0]);
    const [agreed] = await readMetricValues(source, {
      registryId: REGISTRY,
      period: '2023-01',
      keys: ['match.hr_agreed'],
    });
    expect(agreed).toMatchObject({ value: '1' });
    expect(await verify(source, REGISTRY)).toMatchObject({ drift: 0 });
  });
});
