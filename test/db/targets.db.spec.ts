import { Client } from 'pg';
import type { Principal } from '../../libs/accounts/principal';
import { readTarget, type TargetFields } from '../../libs/targets/target-input';
import { readTargetHistory, readTargets, setTargets, withdrawTarget } from '../../libs/targets/targets';
import { principalOf } from '../support/principals';
import { makeAccount } from '../support/signed-in';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let officer: Principal;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  officer = await principalOf(database.source, await makeAccount(database.source, 'officer', { name: 'li.wei' }));
});

afterAll(async () => {
  await database?.drop();
});

const DONATED = { org: 'A', period: '2024', key: 'donation.completed' };

function set(target: string, reason: string | null = null, place: TargetFields = {}) {
  return setTargets(database.source, officer, [readTarget(officer, { ...DONATED, ...place, target })], reason);
}

async function now(): Promise<Date> {
  const [row] = await database.source.query('select clock_timestamp() as at');
  return row.at;
}

async function standing(asOf?: Date): Promise<string[]> {
  const targets = await readTargets(database.source.manager, officer, { period: '2024', asOf: asOf?.toISOString() });
  return targets.map(({ org, key, operator, value }) => `${org} ${key} ${operator} ${value}`);
}

describe('a target', () => {
  it('keeps who set it, when, why it was changed, and what it was', async () => {
    expect(await standing()).toEqual([]);
    expect(await set('≥100例')).toEqual({ set: 1, changed: 0, unchanged: 0 });
    const before = await now();
    await expect(set('≥120例')).rejects.toMatchObject({ code: 'reason_missing', details: { field: 'reason' } });
    expect(await set('≥120例', '省里追加')).toEqual({ set: 0, changed: 1, unchanged: 0 });
    expect(await set('≥120.0例')).toEqual({ set: 0, changed: 0, unchanged: 1 });

    expect(await standing(before)).toEqual(['A donation.completed ge 100']);
    expect(await standing()).toEqual(['A donation.completed ge 120']);
    const withdrawn = await now();
    await withdrawTarget(database.source, officer, DONATED, '本市今年不考核');
    expect(await standing()).toEqual([]);
    expect(await standing(withdrawn)).toEqual(['A donation.completed ge 120']);
    await expect(withdrawTarget(database.source, officer, DONATED, '再撤')).rejects.toMatchObject({
      code: 'target_unknown',
    });
    expect(await set('≤3例')).toEqual({ set: 1, changed: 0, unchanged: 0 });

    const versions = await readTargetHistory(database.source.manager, officer, DONATED);
    expect(
      versions.map(({ version, operator, value, reason, recordedBy }) => [
        version,
        operator,
        value,
        reason,
        recordedBy,
      ]),
    ).toEqual([
      [1, 'ge', '100', null, 'li.wei'],
      [2, 'ge', '120', '省里追加', 'li.wei'],
      [3, null, null, '本市今年不考核', 'li.wei'],
      [4, 'le', '3', null, 'li.wei'],
    ]);
  });

  it('stands in the moment in which it was set, and not at the end of the day before', async () => {
    const { source } = database;
    const setAt = (key: string, at: string) =>
      source.query(
        `insert into target (registry_id, org, period, key, version, operator, value, recorded_at, recorded_by)
          select $1, 'B', '2022', $2, 1, 'ge', 5, ${at}, 'li.wei'`,
        [REGISTRY, key],
      );
    const at = async (asOf: string) =>
      (await readTargets(source.manager, officer, { period: '2022', asOf })).map(({ key }) => key);
    await setAt('donation.completed', `timestamptz '2024-03-02 00:00+08'`);
    expect(await at('2024-03-01')).toEqual([]);
    expect(await at('2024-03-02')).toEqual(['donation.completed']);
    await append(source, entry());
    const [{ position }] = await source.query('select max(position) as position from ledger_write');
    await setAt('registry.recruited', `(select max(recorded_at) from ledger_write)`);
    expect(await at(`position:${position}`)).toEqual(['donation.completed', 'registry.recruited']);
  });

  it('is set with the others of its call, or none is', async () => {
    const rows = [
      readTarget(officer, { org: 'P', period: '2024-H1', key: 'rate.screen_agree', target: '≥45%' }),
      readTarget(officer, { ...DONATED, target: '≥5例' }),
    ];
    await expect(setTargets(database.source, officer, rows, null)).rejects.toMatchObject({ code: 'reason_missing' });
    expect(await readTargets(database.source.manager, officer, { period: '2024-H1' })).toEqual([]);
    const [twice] = rows;
    if (!twice) throw new Error('there are two');
    await expect(setTargets(database.source, officer, [twice, twice], null)).rejects.toMatchObject({
      code: 'target_twice',
      details: { index: 1 },
    });
  });

  it('gets one version after the other from two who set it at once', async () => {
    const place = { org: 'B' };
    await Promise.all(['≥1例', '≥2例', '≥3例'].map((target) => set(target, '同时', place)));
    const versions = await readTargetHistory(database.source.manager, officer, { ...DONATED, org: 'B' });
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it.each<[string, TargetFields, string]>([
    ['another unit', { target: '≥100人' }, 'unit_differs'],
    ['a word', { target: '健全' }, 'target_not_number'],
    ['no sign', { target: '100例' }, 'target_not_readable'],
    ['an unknown figure', { key: 'donation.complete', target: '≥1' }, 'key_unknown'],
    ['an unknown org', { org: 'Z', target: '≥1' }, 'org_unknown'],
    ['an unknown period', { period: '2024-H3', target: '≥1' }, 'period_not_readable'],
    ['an unknown operator', { operator: 'gt', value: '1' }, 'operator_unknown'],
    ['a value that is no decimal', { operator: 'ge', value: '1e3' }, 'value_not_decimal'],
    ['nothing', {}, 'field_missing'],
  ])('is refused for %s', (_, fields, code) => {
    expect(() => readTarget(officer, { ...DONATED, ...fields })).toThrow(expect.objectContaining({ code }));
  });

  it('is not set, nor seen, by who does not reach its org', async () => {
    const city = await principalOf(database.source, await makeAccount(database.source, 'officer', { org: 'B' }));
    expect(() => readTarget(city, { ...DONATED, target: '≥1' })).toThrow(
      expect.objectContaining({ code: 'org_unknown' }),
    );
    await expect(withdrawTarget(database.source, city, DONATED, '无权')).rejects.toMatchObject({ code: 'org_unknown' });
    const seen = await readTargets(database.source.manager, city, { period: '2024' });
    expect(new Set(seen.map(({ org }) => org))).toEqual(new Set(['B']));
  });

  it('is never overwritten, by the owner of the database neither', async () => {
    await expect(database.source.query('delete from target')).rejects.toThrow(/permission denied/);
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await expect(owner.query('update target set value = 1')).rejects.toThrow();
    await owner.end();
  });
});
