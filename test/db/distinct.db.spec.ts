import { randomUUID } from 'node:crypto';
import { Random } from '../../libs/demonstration/random';
import { closeAndRecompute, rebuild, recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { reverseEntries } from '../../libs/ledger/reverse';
import { derivedRows, differencesBetween } from '../support/derived-rows';
import { append, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const random = new Random('distinct');
const ORGS: Record<string, number> = { P: 1, A: 3, A1: 3, B: 3 };

jest.setTimeout(120_000);

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B'), ...opening('P'));
  await recompute(database.source, REGISTRY);
});

afterAll(() => database.drop());

/** Of one of a few donors, so that most are named by several orgs, in several months and kinds; or a nil return. */
function someContact(months: readonly string[]): EntryInput {
  const day = String(random.between(1, 28)).padStart(2, '0');
  const place = {
    org: random.pick(ORGS),
    occurredOn: `${months[random.between(0, months.length - 1)]}-${day}`,
    justification: '补记',
  };
  if (random.chance(0.1)) return entry({ ...place, kind: 'RetentionContacted', quantity: '0' });
  const donorCode = `D${random.between(1, 14)}`;
  if (random.chance(0.2)) return entry({ ...place, kind: 'FollowUpRecorded', outcome: 'well', donorCode });
  const outcome = random.pick({ confirmed: 3, not_reached: 2 });
  return entry({ ...place, kind: 'RetentionContacted', outcome, donorCode });
}

async function reverseSome(written: Set<string>): Promise<void> {
  const chosen = [...written].filter(() => random.chance(0.2));
  for (const id of chosen) written.delete(id);
  const reversals = chosen.map((reverses) => ({ id: randomUUID(), reverses, justification: '登记有误' }));
  if (reversals.length > 0) await reverseEntries(database.source, reversals, WRITER);
}

async function giveCityBItsFirstCounty(): Promise<void> {
  await database.source.query(
    `insert into org (registry_id, org, parent, level, name_zh, name_en)
      values ($1, 'B1', 'B', 'county', '乙一县', 'County B1')`,
    [REGISTRY],
  );
  ORGS.B1 = 2;
}

async function driftOfRebuild(): Promise<string[]> {
  const before = await derivedRows(database.source, REGISTRY);
  await rebuild(database.source, REGISTRY);
  return differencesBetween(before, await derivedRows(database.source, REGISTRY));
}

it('a figure of distinct donors that followed its entries is what a rebuild counts, whatever was taken back', async () => {
  const months = ['2023-01', '2023-02', '2023-06', '2023-12', '2024-01'];
  const written = new Set<string>();
  const drift: string[] = [];
  for (let round = 0; round < 60; round += 1) {
    const entries = Array.from({ length: random.between(1, 6) }, () => someContact(months));
    await append(database.source, ...entries);
    for (const { id } of entries) written.add(id);
    if (random.chance(0.5)) await reverseSome(written);
    if (round === 30) await giveCityBItsFirstCounty();
    if (round === 20) await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester');
    if (round === 40) await closeAndRecompute(database.source, REGISTRY, '2023-02', 'tester');
    if (random.chance(0.7)) await recompute(database.source, REGISTRY);
    if (round % 10 === 9) {
      await recompute(database.source, REGISTRY);
      drift.push(...(await verify(database.source, REGISTRY)).findings.map((one) => JSON.stringify(one)));
      drift.push(...(await driftOfRebuild()));
    }
  }
  expect(drift).toEqual([]);
});

it('looks at those alone who were written of since: what stands of others is not counted again', async () => {
  await append(database.source, entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode: 'E1' }));
  await recompute(database.source, REGISTRY);
  await database.source.query(
    `update metric_value set value = value + 100 where key = 'retention.revisited' and org = 'P' and period = '2024'`,
  );
  const figure = async () => {
    const [row] = await database.source.query(
      `select value::text from metric_value where key = 'retention.revisited' and org = 'P' and period = '2024'`,
    );
    return Number(row.value);
  };
  const before = await figure();
  await append(database.source, entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode: 'E2' }));
  await recompute(database.source, REGISTRY);

  expect(await figure()).toBe(before + 1);
  await rebuild(database.source, REGISTRY);
  expect(await figure()).toBe(before - 99);
});

it('counts everybody when more are written of than can be looked at one by one', async () => {
  const contacts = Array.from({ length: 10_100 }, (_, number) =>
    entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode: `F${number % 10_050}`, org: 'B' }),
  );
  await append(database.source, ...contacts.slice(0, 5_100));
  await append(database.source, ...contacts.slice(5_100));
  await recompute(database.source, REGISTRY);

  expect(await driftOfRebuild()).toEqual([]);
});
