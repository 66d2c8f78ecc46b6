import { randomUUID } from 'node:crypto';
import { reverseEntries, type Reversal } from '../../libs/ledger/reverse';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { append, caseEntries, createSmallRegistry, entry, opening, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database.drop());

function reversalOf(one: EntryInput, fields: Partial<Reversal> = {}): Reversal {
  return { id: randomUUID(), reverses: one.id, justification: '录入有误', ...fields };
}

function reverse(...reversals: Reversal[]) {
  return reverseEntries(database.source, reversals, WRITER);
}

describe('a reversal', () => {
  it('mirrors its original with the quantity negated, and both stay', async () => {
    const one = entry({ quantity: '112', note: '春季' });
    await append(database.source, one);
    const reversal = reversalOf(one);

    await reverse(reversal);

    const rows = await database.source.query(
      `select id, kind, org, quantity::text, occurred_on, posted_month, reverses, justification from entry
        order by position`,
    );
    expect(rows).toMatchObject([
      { id: one.id, quantity: '112', reverses: null },
      { id: reversal.id, quantity: '-112', reverses: one.id, kind: one.kind, org: 'A', justification: '录入有误' },
    ]);
    expect(rows[1].occurred_on).toBe(rows[0].occurred_on);
  });

  it('sent again changes nothing, and with another reason is refused', async () => {
    const one = entry();
    await append(database.source, one);
    const reversal = reversalOf(one);
    await reverse(reversal);

    expect(await reverse(reversal)).toMatchObject([{ status: 'unchanged' }]);
    await expect(reverse({ ...reversal, justification: '别的理由' })).rejects.toMatchObject({ code: 'entry_differs' });
  });

  it('is refused without a reason, for an unknown entry, twice, and of a reversal', async () => {
    const one = entry();
    await append(database.source, one);

    await expect(reverse(reversalOf(one, { justification: ' ' }))).rejects.toMatchObject({
      code: 'justification_missing',
    });
    await expect(reverse(reversalOf(entry()))).rejects.toMatchObject({ code: 'entry_unknown' });
    const reversal = reversalOf(one);
    await reverse(reversal);
    await expect(reverse(reversalOf(one))).rejects.toMatchObject({ code: 'already_reversed' });
    await expect(reverse(reversalOf(one, { reverses: reversal.id }))).rejects.toMatchObject({
      code: 'reversal_of_a_reversal',
    });
  });

  it('writes its replacement in the same act, or neither', async () => {
    const one = entry({ quantity: '12' });
    await append(database.source, one);

    await expect(reverse(reversalOf(one, { replacement: entry({ org: 'X' }) }))).rejects.toMatchObject({
      code: 'org_unknown',
    });
    expect(await database.source.query('select count(*)::int as count from entry')).toEqual([{ count: 1 }]);

    const replacement = entry({ quantity: '21' });
    expect(await reverse(reversalOf(one, { replacement }))).toMatchObject([{ replacement: replacement.id }]);
    const [sum] = await database.source.query('select sum(quantity)::text as sum from entry');
    expect(sum).toEqual({ sum: '21' });
  });

  it('sent again with another replacement is refused, and with the same one changes nothing', async () => {
    const one = entry({ quantity: '12' });
    await append(database.source, one);
    const reversal = reversalOf(one, { replacement: entry({ quantity: '21' }) });
    await reverse(reversal);

    expect(await reverse(reversal)).toMatchObject([{ status: 'unchanged' }]);
    await expect(reverse({ ...reversal, replacement: entry() })).rejects.toMatchObject({ code: 'entry_differs' });
    expect(await database.source.query('select count(*)::int as count from entry')).toEqual([{ count: 3 }]);
  });

  it('of one entry twice in a call is refused', async () => {
    const one = entry();
    await append(database.source, one);

    await expect(reverse(reversalOf(one), reversalOf(one))).rejects.toMatchObject({ code: 'already_reversed' });
  });

  it('of two racing ones lets one through', async () => {
    const one = entry();
    await append(database.source, one);

    const outcomes = await Promise.allSettled([reverse(reversalOf(one)), reverse(reversalOf(one))]);

    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what rests on an entry (R5)', () => {
  const STAGES: [string, string?][] = [['ScreenRequested'], ['ScreenAnswered', 'agreed'], ['RemobiliseRequested']];

  it('keeps it from being reversed alone', async () => {
    const stages = caseEntries('2024-05-01', STAGES);
    await append(database.source, ...opening(), ...stages);

    await expect(reverse(reversalOf(stages[1]!))).rejects.toMatchObject({ code: 'entry_rested_on' });
    expect(await reverse(reversalOf(stages[1]!), reversalOf(stages[2]!))).toHaveLength(2);
  });

  it('may rest on the replacement instead', async () => {
    const stages = caseEntries('2024-05-01', STAGES);
    await append(database.source, ...opening(), ...stages);
    const replacement = { ...stages[1]!, id: randomUUID(), occurredOn: '2024-05-01' };

    expect(await reverse(reversalOf(stages[1]!, { replacement }))).toMatchObject([{ status: 'created' }]);
  });

  it('does not rest on a replacement that comes too late', async () => {
    const stages = caseEntries('2024-05-01', STAGES);
    await append(database.source, ...opening(), ...stages);
    const replacement = { ...stages[1]!, id: randomUUID(), occurredOn: '2024-05-09' };

    await expect(reverse(reversalOf(stages[1]!, { replacement }))).rejects.toMatchObject({ code: 'entry_rested_on' });
  });
});
