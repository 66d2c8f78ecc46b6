import { randomUUID } from 'node:crypto';
import { verifyAudit } from '../../libs/accounts/verify-audit';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import { reopenMonths } from '../../libs/ledger/months';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, createSmallRegistry, entry, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

async function recorded(...acts: string[]): Promise<Record<string, unknown>[]> {
  return database.source.query(
    'select actor, act, thing, org, address, result, detail from audit_act where act = any($1) order by seq',
    [acts],
  );
}

describe('one row of the audit log', () => {
  it('stands for each month closed and reopened, with its reason, and for none that was refused', async () => {
    const [seal] = await closeAndRecompute(database.source, REGISTRY, '2023-01', '李主任', '月度结账');
    await expect(closeAndRecompute(database.source, REGISTRY, '2023-03', '李主任')).rejects.toThrow();
    await database.source.transaction((manager) =>
      reopenMonths(manager, REGISTRY, '2023-01', '李主任', '补录', '10.1.2.3'),
    );

    const common = { actor: '李主任', thing: '2023-01', org: null, result: 'done' };
    const seals = [{ period: '2023-01', number: 1, hash: seal?.hash }];
    expect(await recorded('months.close', 'months.reopen')).toEqual([
      { ...common, act: 'months.close', address: null, detail: { reason: '月度结账', seals } },
      {
        ...{ ...common, act: 'months.reopen', address: '10.1.2.3' },
        detail: { reason: '补录', months: ['2023-01'], seals },
      },
    ]);
    expect(await verifyAudit(database.source.manager, REGISTRY)).toMatchObject({ broken: 0 });
  });

  it('stands for a reversal and its replacement together, and for none that was refused', async () => {
    const one = entry();
    await append(database.source, one);
    const reversal = { id: randomUUID(), reverses: one.id, justification: '录错', replacement: entry() };

    for (let time = 0; time < 2; time += 1) {
      await reverseEntries(database.source, [reversal], { ...WRITER, address: '10.1.2.3' });
    }
    await expect(reverseEntries(database.source, [{ ...reversal, id: randomUUID() }], WRITER)).rejects.toThrow();

    const common = { actor: 'tester', act: 'entries.reverse', thing: one.id, address: '10.1.2.3', result: 'done' };
    expect(await recorded('entries.reverse', 'entries.append')).toMatchObject([
      { ...common, org: 'A', detail: { reversed: 1, replaced: 1, unchanged: 0 } },
      { ...common, org: null, detail: { reversed: 0, replaced: 0, unchanged: 1 } },
    ]);
  });
});
