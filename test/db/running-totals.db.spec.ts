import { randomUUID } from 'node:crypto';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { addMonths } from '../../libs/core/month-range';
import { Random } from '../../libs/demonstration/random';
import { closeAndRecompute, rebuild, recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { reopenMonths } from '../../libs/ledger/months';
import { reverseEntries } from '../../libs/ledger/reverse';
import { chooseSetting } from '../../libs/ledger/settings';
import { derivedRows, differencesBetween } from '../support/derived-rows';
import { append, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B', '40'), ...opening('P', '1'));
  await recompute(database.source, REGISTRY);
});

afterEach(() => database.drop());

async function driftOfRebuild(): Promise<string[]> {
  const before = await derivedRows(database.source, REGISTRY);
  await rebuild(database.source, REGISTRY);
  return differencesBetween(before, await derivedRows(database.source, REGISTRY));
}

async function driftOfRecount(): Promise<string[]> {
  return (await verify(database.source, REGISTRY)).findings.map((finding) => JSON.stringify(finding));
}

async function stockOf(org: string, period: string): Promise<string | undefined> {
  const [row] = await database.source.query(
    `select value::text from metric_value
      where key = 'registry.stock_eop' and org = $1 and not own and period = $2`,
    [org, period],
  );
  return row?.value;
}

function enrolled(org: string, occurredOn: string, quantity: string): EntryInput {
  return entry({ kind: 'DonorEnrolled', org, occurredOn, quantity, justification: '补记' });
}

async function takeBack(...ids: unknown[]): Promise<void> {
  const reversals = ids.map((reverses) => ({
    id: randomUUID(),
    reverses: String(reverses),
    justification: '登记有误',
  }));
  await reverseEntries(database.source, reversals, WRITER);
}

async function addCounty(org: string, parent: string): Promise<void> {
  await database.source.query(
    `insert into org (registry_id, org, parent, level, name_zh, name_en) values ($1, $2, $3, 'county', $2, $2)`,
    [REGISTRY, org, parent],
  );
}

async function choose(choice: string, since: string): Promise<void> {
  const owner = await machineOwner(database.source.manager, REGISTRY);
  const input = { key: 'stock', choice, since, reason: '与省里口径一致' };
  await database.source.transaction((manager) => chooseSetting(manager, owner, input));
}

/** An office that writes, takes back, closes and reopens as it comes. */
class Office {
  private readonly orgs: Record<string, number> = { P: 1, A: 3, A1: 1, B: 2 };
  private readonly written = new Set<string>();
  private firstOpen = '2023-01';

  constructor(private readonly random: Random) {}

  async act(round: number): Promise<void> {
    if (round === 20) await this.addCounty('B1', 'B');
    if (round === 45) await this.addCounty('A2', 'A');
    if (round === 30) await choose('gross', '2024-06');
    if (round === 50) await choose('net', '2024-09');
    if (this.random.chance(0.75)) await this.write();
    if (this.random.chance(0.4)) await this.takeSomeBack();
    if (this.random.chance(0.2) && this.firstOpen < '2024-05') await this.close();
    if (this.random.chance(0.08) && this.firstOpen > '2023-03') await this.reopen();
  }

  private async write(): Promise<void> {
    const entries = Array.from({ length: this.random.between(1, 4) }, () => this.someEntry());
    await append(database.source, ...entries);
    for (const { id } of entries) this.written.add(String(id));
  }

  private someEntry(): EntryInput {
    // Few months, so that some are left out and some have nothing but reversals.
    const month = this.random.pick({
      '2023-01': 1,
      '2023-02': 1,
      '2023-05': 2,
      '2023-12': 2,
      '2024-02': 3,
      '2024-07': 3,
      '2024-11': 2,
      '2025-03': 0.2,
    });
    const place = {
      org: this.random.pick(this.orgs),
      occurredOn: `${month}-${String(this.random.between(1, 28)).padStart(2, '0')}`,
      justification: '补记',
      donorCode: `D${randomUUID().slice(0, 8)}`,
    };
    const kind = this.random.pick({ DonorEnrolled: 4, DonorWithdrawn: 3, DonorStatusChanged: 2, DonorTransferred: 1 });
    switch (kind) {
      case 'DonorEnrolled':
        return enrolled(place.org, place.occurredOn, String(this.random.between(0, 9)));
      case 'DonorWithdrawn': {
        const outcome = this.random.pick({ from_available: 2, from_unavailable: 1 });
        return entry({ ...place, kind, outcome, reason: 'DO' });
      }
      case 'DonorStatusChanged':
        return entry({ ...place, kind, outcome: 'TU', reason: 'PR' });
      case 'DonorTransferred':
        return entry({ ...place, kind, outcome: 'out' });
    }
  }

  private async takeSomeBack(): Promise<void> {
    const chosen = [...this.written].filter(() => this.random.chance(0.25));
    for (const id of chosen) this.written.delete(id);
    if (chosen.length > 0) await takeBack(...chosen);
  }

  private async close(): Promise<void> {
    await closeAndRecompute(database.source, REGISTRY, this.firstOpen, 'tester');
    this.firstOpen = addMonths(this.firstOpen, 1);
  }

  private async reopen(): Promise<void> {
    this.firstOpen = addMonths(this.firstOpen, -2);
    const month = this.firstOpen;
    await database.source.transaction((manager) => reopenMonths(manager, REGISTRY, month, 'tester', '补录'));
  }

  private async addCounty(org: string, parent: string): Promise<void> {
    await addCounty(org, parent);
    this.orgs[org] = 2;
  }
}

it('a running total that went on from the month before is what a rebuild adds up, whatever came late or was taken back', async () => {
  const random = new Random('running totals');
  const office = new Office(random);
  const drift: string[] = [];
  for (let round = 0; round < 80; round += 1) {
    await office.act(round);
    if (random.chance(0.7)) await recompute(database.source, REGISTRY);
    if (round % 5 === 4) {
      await recompute(database.source, REGISTRY);
      drift.push(...(await driftOfRecount()));
    }
    if (round % 20 === 19) drift.push(...(await driftOfRebuild()));
  }
  expect(drift).toEqual([]);
});

it('begins at the value that stands: what an old month adds up to is not added up again', async () => {
  const { source } = database;
  await append(source, enrolled('A', '2023-04-10', '5'), enrolled('A', '2023-06-10', '7'));
  await recompute(source, REGISTRY);
  await source.query(`update metric_value set value = value + 100 where org = 'A' and not own and period = '2023-05'`);
  await append(source, enrolled('A', '2023-06-11', '1'));
  await recompute(source, REGISTRY);
  expect(await stockOf('A', '2023-06')).toBe('1113');
  // An entry before it makes the month itself anew.
  await append(source, enrolled('A', '2023-04-11', '1'));
  await recompute(source, REGISTRY);
  expect(await stockOf('A', '2023-06')).toBe('1014');
  expect(await driftOfRebuild()).toEqual([]);
});

it('a stock of which everything was taken back later stands until then, and not after', async () => {
  const { source } = database;
  const [first, second] = [enrolled('A1', '2023-01-10', '5'), enrolled('A1', '2023-02-10', '7')];
  await append(source, first, second);
  await recompute(source, REGISTRY);
  await closeAndRecompute(source, REGISTRY, '2023-01', 'tester');
  await closeAndRecompute(source, REGISTRY, '2023-02', 'tester');

  await takeBack(first.id);
  await recompute(source, REGISTRY);
  expect([await stockOf('A1', '2023-02'), await stockOf('A1', '2023-03')]).toEqual(['12', '7']);
  await takeBack(second.id);
  await recompute(source, REGISTRY);
  expect([await stockOf('A1', '2023-02'), await stockOf('A1', '2023-03')]).toEqual(['12', undefined]);
  await append(source, enrolled('A1', '2023-05-10', '3'));
  await recompute(source, REGISTRY);
  expect([await stockOf('A1', '2023-04'), await stockOf('A1', '2023-05')]).toEqual([undefined, '3']);
  expect(await driftOfRecount()).toEqual([]);
  expect(await driftOfRebuild()).toEqual([]);
});
