import { randomUUID } from 'node:crypto';
import { decimal } from '../../libs/core/decimal';
import { Random } from '../../libs/demonstration/random';
import { readChangedValues, readChanges } from '../../libs/indicators/changes';
import { readEntriesBehind } from '../../libs/indicators/entries-behind';
import { recompute } from '../../libs/indicators/recompute';
import { findIndicator, readMetricValues } from '../../libs/indicators/values';
import { reverseEntries } from '../../libs/ledger/reverse';
import { ALL_METRICS } from '../../libs/metrics/feeds';
import { readActs } from '../golden/acts';
import { inOneCall, perform } from '../golden/perform';
import { copyValues, valuesAsOf, type CopiedValues } from '../support/copied-values';
import { differencesBetween } from '../support/derived-rows';
import { seedOf } from '../support/seed';
import { wholeList } from '../support/whole-list';
import { append, createSmallRegistry, entry, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

/** The golden year reaches into the years around it, and brings totals of years before. */
const YEARS = Array.from({ length: 14 }, (_, at) => String(2012 + at));

/** Drawn at random; `LISTS_SEED` repeats a draw. */
const LISTS_AT_A_MOMENT = 12;

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

  it.each(['P', 'A'])('shows for the figures of %s a list that comes to what they were', async (org) => {
    const position = copies[org === 'P' ? 8 : 16]!.position;
    const asked = { registryId: REGISTRY, org, period: org === 'P' ? '2023' : '2024-Q1', position };
    for (const value of await readMetricValues({ manager: database.source.manager }, asked)) {
      const { key } = value;
      const { figure, total } = await readEntriesBehind(database.source, { ...asked, key, limit: 1 });
      expect([key, figure.value, total?.sum]).toEqual([key, value.value, value.value ?? '0']);
    }
  });

  it('shows at every moment, for figures and rates of any org and period, a list whose entries come to what stood', async () => {
    const random = new Random(`lists ${seedOf('LISTS_SEED')}`);
    const shown = new Set<string>();
    for (const { position, rows } of copies) {
      for (let time = 0; time < LISTS_AT_A_MOMENT; time += 1) {
        const row = rows[random.between(0, rows.length - 1)] as string;
        const [org = '', own, period = '', key = '', , ...told] = row.split(' ');
        const asked = { registryId: REGISTRY, org, own: own === 't', period, key, position, limit: 200 };
        // Of a rate the last two are its parts.
        const parts = findIndicator(key)
          ? ([['numerator', told.at(-2)] as const, ['denominator', told.at(-1)] as const] as const)
          : ([[undefined, told[0]]] as const);
        for (const [part, stood] of parts) {
          const list = await wholeList((after) => readEntriesBehind(database.source, { ...asked, part, after }));
          const comesTo = decimal(stood === '-' ? '0' : (stood as string)).toFixed();
          const { total } = list.first;
          expect([row, part, list.adds, total]).toEqual([
            row,
            part,
            comesTo,
            { entries: list.entries.length, sum: comesTo },
          ]);
        }
        shown.add(key);
      }
    }
    expect(shown.size).toBeGreaterThan(40);
  });

  it.each([
    [12, 20],
    [7, 999],
  ])(
    'tells what moved each figure between moments %i and %i, and that adds up to the difference',
    async (one, other) => {
      const since = copies[one]!.position;
      const asOf = copies[other]?.position;
      const listed = new Set<string>();
      for (const [org, period] of [
        ['P', '2023'],
        ['A', '2024'],
      ] as const) {
        const between = { registryId: REGISTRY, org, period, since, asOf };
        const { changed } = await readChangedValues(database.source, between);
        const keys = new Set(changed.map(({ now }) => now.key));
        expect(keys.size).toBeGreaterThan(0);
        // Of the figures that did not move some.
        for (const { key } of ALL_METRICS.filter((metric, at) => keys.has(metric.key) || at % 6 === 0)) {
          const { then, now, total, entries } = await readChanges(database.source, { ...between, key, limit: 500 });
          const difference = decimal(now.value ?? '0').minus(decimal(then.value ?? '0'));
          const adds = entries.reduce((sum, { contribution }) => sum.plus(decimal(contribution)), decimal('0'));
          expect([key, total]).toEqual([key, { entries: entries.length, sum: difference.toFixed() }]);
          expect([key, adds.toFixed()]).toEqual([key, difference.toFixed()]);
          expect([key, keys.has(key)]).toEqual([key, then.state !== now.state || then.value !== now.value]);
          if (entries.length > 0) listed.add(key);
        }
      }
      expect(listed.size).toBeGreaterThan(15);
    },
  );
});

describe('a ledger whose latest entries wait to be computed', () => {
  it('is at its end what it will be, also of persons who were counted and are taken back', async () => {
    const { source } = database;
    const contacts: { id: string; donor: string }[] = await source.query(
      `select e.id, e.donor_code as donor from entry e
        where e.kind = 'RetentionContacted' and e.outcome = 'confirmed' and e.reverses is null
          and not exists (select from entry r where r.reverses = e.id)
        order by e.position desc, e.id limit 2`,
    );
    const [taken, kept] = contacts;
    const again = { kind: 'RetentionContacted', outcome: 'confirmed', justification: '迟到的登记' };
    await append(
      source,
      entry({ occurredOn: '2024-12-03', quantity: '5', justification: '迟到的登记' }),
      ...[kept!.donor, 'NEW'].map((donorCode) => entry({ ...again, donorCode, occurredOn: '2024-12-05' })),
    );
    await reverseEntries(source, [{ id: randomUUID(), reverses: taken!.id, justification: '重复' }], WRITER);
    const [{ position, waiting }] = await source.query(
      `select position, (select count(*)::int from recompute_mark m where m.registry_id = h.registry_id) as waiting
        from registry_head h where registry_id = $1`,
      [REGISTRY],
    );
    expect(waiting).toBeGreaterThan(0);
    const before = await valuesAsOf(source, REGISTRY, position, YEARS);
    await recompute(source, REGISTRY);
    const { position: computed, rows } = await copyValues(source, REGISTRY);
    expect([computed, differencesBetween(rows, before)]).toEqual([position, []]);
  });
});
