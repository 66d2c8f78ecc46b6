import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { asOf } from '../../libs/funnel/as-of';
import { resolveAsOf } from '../../libs/indicators/as-of';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { readMetricValues } from '../../libs/indicators/values';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let owner: Client;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterEach(async () => {
  await owner?.end();
  await database?.drop();
});

async function at(text: string): Promise<string> {
  return (await resolveAsOf(database.source.manager, REGISTRY, text)).position;
}

async function recruited(position: string): Promise<string | null> {
  const asked = { registryId: REGISTRY, period: '2024', keys: ['registry.recruited'], position };
  const [value] = await readMetricValues({ manager: database.source.manager }, asked);
  return value?.value ?? null;
}

/** As if the writes up to here had been recorded at these times. */
async function recordedAt(...times: string[]): Promise<void> {
  await owner.query('alter table ledger_write disable trigger user');
  for (const [index, time] of times.entries()) {
    await owner.query('update ledger_write set recorded_at = $2 where position = $1', [index + 1, time]);
  }
}

describe('a moment', () => {
  it('is the last write before it: a day ends in Asia/Shanghai, a time is its own instant', async () => {
    for (let write = 0; write < 5; write += 1) await append(database.source, entry());
    await recordedAt(
      '2024-03-01T15:59:59.999Z',
      '2024-03-01T16:00:00Z',
      '2024-03-02T01:00:00Z',
      '2024-03-02T01:00:00Z',
      '2024-03-05T00:00:00Z',
    );

    expect(await at('2024-03-01')).toBe('1');
    expect(await at('2024-03-02')).toBe('4');
    expect(await at('2024-03-04')).toBe('4');
    expect(await at('2024-03-02T00:00:00')).toBe('2');
    expect(await at('2024-03-02 00:00')).toBe('2');
    expect(await at('2024-03-02T08:59:59')).toBe('2');
    expect(await at('2024-03-02T09:00')).toBe('4');
    expect(await at('2024-03-02T01:00:00Z')).toBe('4');
    expect(await at('2024-03-01T23:59:59.998+08:00').catch((error: { code: string }) => error.code)).toBe(
      'as_of_before_beginning',
    );
    expect([await at('003'), await at('5'), await at('position:5')]).toEqual(['3', '5', '5']);
    await expect(at('0')).rejects.toMatchObject({ code: 'as_of_not_readable' });
  });

  it('is looked back to from its day in Asia/Shanghai, however its time is written', async () => {
    await append(database.source, entry());
    await recordedAt('2024-02-01T00:00:00Z');
    const today = async (text: string) => (await asOf(database.source.manager, REGISTRY, text)).today;
    expect(await today('2024-03-01')).toBe('2024-03-01');
    expect(await today('2024-03-01T16:30:00Z')).toBe('2024-03-02');
    expect(await today('2024-03-02T00:30')).toBe('2024-03-02');
    expect(await today('1')).toBe('2024-02-01');
  });

  it('is today until now, and a seal is what closed', async () => {
    await append(database.source, entry({ occurredOn: '2023-01-02' }));
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    expect(await at(today)).toBe('1');
    const [seal] = await closeAndRecompute(database.source, REGISTRY, '2023-01', '李主任');
    await append(database.source, entry());
    expect(await at('seal:2023-01')).toBe(seal?.position);
    const found = await resolveAsOf(database.source.manager, REGISTRY, 'seal:2023-01#1');
    expect(found).toMatchObject({ seal: { period: '2023-01', number: 1, hash: seal?.hash } });
  });

  it.each([
    ['9999-12-31', 'as_of_in_the_future'],
    ['2999-01-01T00:00', 'as_of_in_the_future'],
    ['7', 'as_of_in_the_future'],
    ['1999-12-31', 'as_of_before_beginning'],
    ['2024-02-30', 'as_of_not_readable'],
    ['2024-02-29T25:00', 'as_of_not_readable'],
    ['2024-02-29T10:00:00+99:00', 'as_of_not_readable'],
    ['position:7', 'as_of_in_the_future'],
    ['position:2024', 'as_of_in_the_future'],
    ['2024', 'as_of_ambiguous'],
    ['202411', 'as_of_ambiguous'],
    ['20241130', 'as_of_ambiguous'],
    ['position:0', 'as_of_not_readable'],
    ['position:', 'as_of_not_readable'],
    ['position:-1', 'as_of_not_readable'],
    ['2024-05', 'as_of_not_readable'],
    ['-1', 'as_of_not_readable'],
    ['1e3', 'as_of_not_readable'],
    ["'; drop table entry", 'as_of_not_readable'],
    ['9'.repeat(30), 'as_of_not_readable'],
    ['', 'as_of_not_readable'],
    ['seal:2024-11', 'seal_unknown'],
    ['seal:2024-11#2', 'seal_unknown'],
    ['seal:last', 'period_not_readable'],
    ['seal:2024-11#0', 'as_of_not_readable'],
  ])('that is none is refused: %s', async (text, code) => {
    await append(database.source, entry());
    await expect(at(text)).rejects.toMatchObject({ code, details: { field: expect.any(String) } });
  });

  it('of an empty ledger is refused', async () => {
    await expect(at('2024-01-01')).rejects.toMatchObject({ code: 'as_of_before_beginning' });
    expect(await recruited('0')).toBeNull();
  });
});

describe('a write that began early and commits late', () => {
  it('moves nothing that was told before, where numbers that were given out at the beginning would', async () => {
    // The usual way: each entry has a number of its own, taken when its transaction begins.
    await owner.query('create table numbered (number bigserial primary key, entry uuid)');
    const number = async () => (await owner.query(`select nextval('numbered_number_seq') as number`)).rows[0].number;
    const numberOf = (of: string, entryId: string) =>
      owner.query('insert into numbered values ($1, $2)', [of, entryId]);
    const naive = async (upTo: string) => {
      const sum = `select coalesce(sum(e.quantity), 0)::text as sum from entry e join numbered n on n.entry = e.id where n.number <= $1`;
      return (await owner.query(sum, [upTo])).rows[0].sum;
    };
    await append(database.source, entry({ quantity: '1' }));

    const slow = new Client({ connectionString: database.ownerUrl });
    await slow.connect();
    await slow.query('begin isolation level read committed');
    await slow.query('select now(), pg_current_xact_id()');
    const early = await number();
    const quick = entry({ quantity: '20' });
    const later = await number();
    await append(database.source, quick);
    await numberOf(later, quick.id);

    const told = { position: (await at('2')) as string, naive: await naive(later) };
    expect([await recruited(told.position), told.naive]).toEqual(['21', '20']);

    const late = randomUUID();
    await slow.query(
      `insert into entry (registry_id, id, kind, org, occurred_on, quantity)
        values (1, $1, 'RecruitmentRegistered', 'A', '2024-05-11', 300)`,
      [late],
    );
    // While it holds its number, nobody sees it, and nobody gets another.
    expect(await recruited('2')).toBe('21');
    await expect(at('3')).rejects.toMatchObject({ code: 'as_of_in_the_future' });
    await slow.query('commit');
    await slow.end();
    await numberOf(early, late);
    await recompute(database.source, REGISTRY);

    expect(await recruited(told.position)).toBe('21');
    expect(await naive(later)).not.toBe(told.naive);
    expect(await recruited(await at('3'))).toBe('321');
  });
});
