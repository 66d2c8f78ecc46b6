import { randomUUID } from 'node:crypto';
import { machineOwner } from '../../libs/accounts/machine-owner';
import type { Principal } from '../../libs/accounts/principal';
import { DomainError } from '../../libs/core/domain-error';
import { nextMonth, parsePeriod } from '../../libs/core/period';
import { Random } from '../../libs/demonstration/random';
import { readChangedValues } from '../../libs/indicators/changes';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { findIndicatorsAsOf, findMetricsAsOf } from '../../libs/indicators/values-as-of.queries';
import { appendEntries } from '../../libs/ledger/append';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { reopenMonths } from '../../libs/ledger/months';
import { reverseEntries } from '../../libs/ledger/reverse';
import { listSeals, type Seal } from '../../libs/ledger/seals';
import { chooseSetting } from '../../libs/ledger/settings';
import { definitionsUpTo } from '../../libs/metrics/definitions';
import { findAllScopes } from '../../libs/metrics/scope.queries';
import { differencesBetween } from '../support/derived-rows';
import { caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

const JUSTIFICATION = '迟到的登记';

/** A year that is written at random while its months are closed, opened again, and given other meanings. */
class RandomYear {
  private open = '2023-01';
  private readonly orgs = ['P', 'A', 'A1', 'B'];
  private readonly random: Random;

  constructor(
    private readonly database: TestDatabase,
    private readonly owner: Principal,
    seed: string,
  ) {
    this.random = new Random(seed);
  }

  async live(): Promise<void> {
    const { source } = this.database;
    await this.write([...opening('A'), ...opening('B')]);
    while (this.open <= '2023-12') {
      // A month without any entry has no running totals of its own to seal.
      await this.write([entry({ occurredOn: `${this.open}-01`, org: this.org() }), ...this.entries()]);
      await this.takeBack();
      if (this.random.chance(0.3)) await this.choose();
      if (this.random.chance(0.15)) await this.addOrg();
      if (this.random.chance(0.3)) await recompute(source, REGISTRY);
      await closeAndRecompute(source, REGISTRY, this.open, 'tester');
      this.open = nextMonth(this.open);
      if (this.open > '2023-02' && this.random.chance(0.4)) await this.reopen();
    }
    await this.write(this.entries());
    await recompute(source, REGISTRY);
  }

  private entries(): EntryInput[] {
    return Array.from({ length: this.random.between(2, 12) }, () => this.some()).flat();
  }

  private some(): EntryInput[] {
    const month = this.random.chance(0.25) ? `2023-${String(this.random.between(1, 12)).padStart(2, '0')}` : this.open;
    const occurredOn = `${month}-${String(this.random.between(1, 28)).padStart(2, '0')}`;
    const quantity = String(this.random.between(0, 30));
    const at = { org: this.org(), occurredOn };
    const donorCode = `V${this.random.between(1, 15)}`;
    switch (this.random.pick({ recruit: 3, enrol: 2, blood: 2, contact: 5, way: 3, staff: 1 })) {
      case 'recruit':
        return [entry({ ...at, quantity })];
      case 'enrol':
        return [entry({ ...at, kind: 'DonorEnrolled', quantity })];
      case 'blood':
        return [entry({ ...at, kind: 'WholeBloodCollected', quantity: `${quantity}.5` })];
      case 'contact': {
        const outcome = this.random.pick({ confirmed: 1, reached: 1, not_reached: 1 });
        return [entry({ ...at, kind: 'RetentionContacted', outcome, donorCode })];
      }
      case 'staff':
        return [entry({ ...at, kind: 'StaffTotal', quantity, attributes: { source: '年终盘点' } })];
      case 'way': {
        const outcome = this.random.pick({ agreed: 3, refused: 1 });
        const further: readonly [string, string?][] =
          outcome === 'refused'
            ? []
            : [
                ['RemobiliseRequested'],
                ['RemobiliseAnswered', 'agreed'],
                ['HrTypingRequested'],
                ['HrTypingAnswered', 'agreed'],
                ['HrTypingConcluded', 'match'],
              ];
        const way = caseEntries(occurredOn, [['ScreenRequested'], ['ScreenAnswered', outcome], ...further], 'A');
        return way.slice(0, this.random.between(1, way.length));
      }
    }
  }

  private org(): string {
    return this.orgs[this.random.between(0, this.orgs.length - 1)]!;
  }

  private async write(entries: readonly EntryInput[]): Promise<void> {
    const sent = entries.map((one) =>
      (one.occurredOn as string) < this.open ? { ...one, justification: JUSTIFICATION } : one,
    );
    const { results } = await appendEntries(this.database.source, sent, WRITER);
    for (const row of results) if (row.status === 'refused') throw row.problem;
  }

  private async takeBack(): Promise<void> {
    const { source } = this.database;
    const standing: { id: string }[] = await source.query(
      `select id from entry e where reverses is null and kind not like 'Opening%'
        and not exists (select from entry r where r.reverses = e.id) order by position, id`,
    );
    for (const { id } of standing.filter(() => this.random.chance(0.08))) {
      const reversal = { id: randomUUID(), reverses: id, justification: JUSTIFICATION };
      try {
        await reverseEntries(source, [reversal], WRITER);
      } catch (error) {
        // One that others rest on stays.
        if (!(error instanceof DomainError)) throw error;
      }
    }
  }

  private async choose(): Promise<void> {
    const [key, choice] = this.random
      .pick({ 'revisited reached': 1, 'revisited attempts': 1, 'hr_agreed after_match': 1 })
      .split(' ');
    const input = { key, choice, since: this.open, reason: '按年报口径' };
    try {
      await this.database.source.transaction((manager) => chooseSetting(manager, this.owner, input));
    } catch (error) {
      // What holds already.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  private async addOrg(): Promise<void> {
    const org = `N${this.orgs.length}`;
    await this.database.source.query(
      `insert into org (registry_id, org, parent, level, name_zh, name_en) values (1, $1, 'B', 'county', $1, $1)`,
      [org],
    );
    this.orgs.push(org);
  }

  private async reopen(): Promise<void> {
    const next = this.open > '2023-12' ? 13 : Number(this.open.slice(5));
    const month = `2023-${String(next - this.random.between(1, 2)).padStart(2, '0')}`;
    await this.database.source.transaction((manager) => reopenMonths(manager, REGISTRY, month, 'tester', '补录'));
    this.open = month;
  }
}

let database: TestDatabase;

describe.each(['one', 'two'])('a year written at random, the %s', (seed) => {
  let seals: Seal[];

  beforeAll(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    const owner = await machineOwner(database.source.manager, REGISTRY);
    await new RandomYear(database, owner, seed).live();
    seals = await listSeals(database.source.manager, REGISTRY);
  });

  afterAll(() => database.drop());

  it('is at each seal, asked for today, what was sealed: standing or not', async () => {
    // What never occurs is not tested.
    expect(seals.filter(({ number }) => number > 1).length).toBeGreaterThan(2);
    expect(seals.filter(({ period }) => period === '2023').length).toBeGreaterThan(0);
    for (const seal of seals) {
      expect([seal.period, seal.number, differencesBetween(await sealed(seal), await counted(seal))]).toEqual([
        seal.period,
        seal.number,
        [],
      ]);
    }
  });

  it('has not moved since in any period that is closed, and tells so', async () => {
    for (const { period, number } of seals.filter(({ standing }) => standing)) {
      const since = `seal:${period}#${number}`;
      const { changed } = await readChangedValues(database.source, { registryId: REGISTRY, period, since });
      expect([since, changed]).toEqual([since, []]);
    }
  });
});

const LINE = (row: Readonly<Record<string, unknown>>) =>
  ['org', 'own', 'key', 'state', 'value', 'numerator', 'denominator', 'version']
    .map((name) => String(row[name] ?? '-'))
    .join(' ');

async function sealed({ period, number }: Seal): Promise<string[]> {
  const rows: Record<string, unknown>[] = await database.source.query(
    'select * from sealed_value where registry_id = $1 and period = $2 and number = $3',
    [REGISTRY, period, number],
  );
  return rows.map(LINE).sort();
}

async function counted({ period, position }: Seal): Promise<string[]> {
  const { manager } = database.source;
  const { metrics, indicators } = await definitionsUpTo(manager, REGISTRY, position);
  const scopes = await findAllScopes(manager, REGISTRY);
  const asked = { registryId: REGISTRY, position, scopes, periods: [parsePeriod(period)], metrics };
  const rows = [...(await findMetricsAsOf(manager, asked)), ...(await findIndicatorsAsOf(manager, asked, indicators))];
  return rows.map((row) => LINE({ ...row })).sort();
}
