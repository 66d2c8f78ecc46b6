import { randomUUID } from 'node:crypto';
import { appendEntries } from '../../libs/ledger/append';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, createSmallRegistry, entry, opening, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening());
});

afterEach(() => database.drop());

const enrolled = (day: string) => entry({ kind: 'DonorEnrolled', donorCode: 'D1', occurredOn: day });
const withdrawn = (day: string) =>
  entry({ kind: 'DonorWithdrawn', outcome: 'from_available', reason: 'DO', donorCode: 'D1', occurredOn: day });
const contacted = (day: string) =>
  entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode: 'D1', occurredOn: day });
const status = (outcome: 'TU' | 'AV', day: string) =>
  entry({
    kind: 'DonorStatusChanged',
    outcome,
    reason: outcome === 'TU' ? 'MR' : undefined,
    donorCode: 'D1',
    occurredOn: day,
  });

async function statuses(...entries: EntryInput[]): Promise<string[]> {
  const { results } = await appendEntries(database.source, entries, WRITER);
  return results.map((row) => (row.status === 'refused' ? row.problem.code : row.status));
}

describe('a donor who is listed (R5)', () => {
  it('is withdrawn once, in one call or in two, whatever the order of the days', async () => {
    expect(await statuses(withdrawn('2024-05-10'), withdrawn('2024-05-01'))).toEqual(['created', 'guard_unmet']);
    expect(await statuses(withdrawn('2024-05-01'))).toEqual(['guard_unmet']);
    expect(await statuses(withdrawn('2024-05-10'))).toEqual(['guard_unmet']);
  });

  it('may be contacted on the day of the withdrawal, logged before it or after, and not later', async () => {
    expect(await statuses(withdrawn('2024-05-10'), contacted('2024-05-10'))).toEqual(['created', 'created']);
    expect(await statuses(contacted('2024-05-11'))).toEqual(['guard_blocked']);
    expect(await statuses(contacted('2024-05-09'))).toEqual(['created']);
  });

  it('is not contacted after a withdrawal of the same call', async () => {
    expect(await statuses(withdrawn('2024-05-01'), contacted('2024-05-10'))).toEqual(['created', 'guard_blocked']);
  });

  it('is not withdrawn before a contact that stands', async () => {
    await append(database.source, contacted('2024-05-10'));

    expect(await statuses(withdrawn('2024-05-01'))).toEqual(['guard_blocked']);
    expect(await statuses(withdrawn('2024-05-10'))).toEqual(['created']);
  });

  it('can be enrolled again after a withdrawal, and is listed from then on', async () => {
    expect(await statuses(withdrawn('2024-01-01'), enrolled('2024-02-01'), contacted('2024-03-01'))).toEqual([
      'created',
      'created',
      'created',
    ]);
    expect(await statuses(enrolled('2024-04-01'))).toEqual(['guard_blocked']);
    expect(await statuses(contacted('2024-01-15'))).toEqual(['guard_blocked']);
  });

  it('was not listed before being enrolled, when recruited here', async () => {
    await append(database.source, entry({ donorCode: 'D1', occurredOn: '2024-01-01' }));

    expect(await statuses(contacted('2024-02-01'), enrolled('2024-03-01'))).toEqual(['guard_unmet', 'created']);
    expect(await statuses(contacted('2024-03-01'))).toEqual(['created']);
  });

  it('is not recruited when a contact rests on the listing before the ledger began, unless enrolled in time', async () => {
    await append(database.source, contacted('2024-05-05'));
    const recruited = entry({ donorCode: 'D1', occurredOn: '2024-05-01' });

    expect(await statuses(recruited, contacted('2024-05-06'))).toEqual(['guard_blocked', 'created']);
    expect(await statuses(withdrawn('2024-05-10'))).toEqual(['created']);
    expect(await statuses(recruited)).toEqual(['guard_blocked']);
    expect(await statuses(recruited, enrolled('2024-05-02'))).toEqual(['created', 'created']);
  });

  it('gives no sample before being recruited by the same call', async () => {
    const recruited = entry({ donorCode: 'E', occurredOn: '2024-05-09' });
    const sampled = entry({ kind: 'SampleCollected', donorCode: 'E', sampleCode: 'S1', occurredOn: '2024-05-05' });
    expect(await statuses(recruited, sampled)).toEqual(['created', 'guard_unmet']);
    expect(await statuses(sampled)).toEqual(['guard_unmet']);
  });

  it('becomes unavailable and available in turn', async () => {
    expect(await statuses(status('AV', '2024-01-01'))).toEqual(['guard_unmet']);
    expect(await statuses(status('TU', '2024-01-02'), status('TU', '2024-01-03'))).toEqual([
      'created',
      'guard_blocked',
    ]);
    expect(await statuses(status('AV', '2024-01-05'), status('AV', '2024-01-06'))).toEqual(['created', 'guard_unmet']);
  });
});

describe('reversing what a listing rests on', () => {
  const reverse = (one: EntryInput) =>
    reverseEntries(database.source, [{ id: randomUUID(), reverses: one.id, justification: '有误' }], WRITER);

  it('is refused for an enrolment with a contact after it', async () => {
    const enrolment = enrolled('2024-02-01');
    await append(
      database.source,
      entry({ donorCode: 'D1', occurredOn: '2024-01-01' }),
      enrolment,
      contacted('2024-03-01'),
    );

    await expect(reverse(enrolment)).rejects.toMatchObject({ code: 'entry_rested_on' });
  });

  it('is refused for a withdrawal between two enrolments', async () => {
    const withdrawal = withdrawn('2024-02-01');
    await append(database.source, enrolled('2024-01-01'), withdrawal, enrolled('2024-03-01'));

    await expect(reverse(withdrawal)).rejects.toMatchObject({ code: 'entry_rested_on' });
  });

  it('is refused for the last opening while a donor stands on it', async () => {
    const [stock] = await database.source.query(`select id from entry where kind = 'OpeningStock'`);
    await append(database.source, contacted('2024-03-01'));

    await expect(reverse(entry({ id: stock.id }))).rejects.toMatchObject({ code: 'entry_rested_on' });
  });
});

describe('an opening (R6)', () => {
  it('stands once for an org and kind', async () => {
    expect(await statuses(...opening(), ...opening('B'), ...opening('B'))).toEqual([
      'opening_twice',
      'opening_twice',
      'created',
      'created',
      'opening_twice',
      'opening_twice',
    ]);
  });
});
