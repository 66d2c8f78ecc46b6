import { randomUUID } from 'node:crypto';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { previewEntries, type EntriesPreview } from '../../libs/indicators/preview-entries';
import { verify } from '../../libs/indicators/verify';
import { appendEntries } from '../../libs/ledger/append';
import { reverseEntries, type Reversal } from '../../libs/ledger/reverse';
import { derivedRows, differencesBetween } from '../support/derived-rows';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(source, ...opening(), entry({ occurredOn: '2023-01-10', quantity: '5' }));
  await append(
    source,
    ...caseEntries('2023-01-05', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]),
    ...caseEntries('2023-01-06', [['ScreenRequested'], ['ScreenAnswered', 'refused']]),
    entry({ kind: 'RetentionContacted', outcome: 'reached', donorCode: 'D901', occurredOn: '2023-01-20' }),
    entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode: 'D902', occurredOn: '2023-01-20' }),
  );
  await recompute(source, REGISTRY);
  await closeAndRecompute(source, REGISTRY, '2023-01', 'tester', '按时');
});

afterEach(() => database.drop());

const state = () =>
  database.source.query(
    `select (select count(*) from entry) as entries, (select count(*) from audit_act) as acts,
      (select count(*) from ledger_write) as writes, h.position, (select count(*) from recompute_mark) as marks
      from registry_head h`,
  );

interface Value {
  readonly org: string;
  readonly key: string;
  readonly period: string;
  readonly value: string | null;
}

async function values(): Promise<Value[]> {
  return database.source.query(
    ['metric_value', 'indicator_value']
      .map(
        (table) => `select org, key, period, trim_scale(value)::text as value from ${table}
        where not own and period ~ '^\\d{4}(-\\d\\d)?$'`,
      )
      .join(' union all '),
  );
}

function moved(before: readonly Value[], after: readonly Value[]): string[] {
  const place = ({ org, key, period }: Value) => `${org} ${key} ${period}`;
  const [was, is] = [before, after].map((all) => new Map(all.map((one) => [place(one), one.value])));
  return [...new Set([...before, ...after].map(place))]
    .map((at) => `${at} ${was?.get(at) ?? null} → ${is?.get(at) ?? null}`)
    .filter((line) => !/ (\S+) → \1$/.test(line))
    .sort();
}

function told({ figures: { metrics, indicators } }: EntriesPreview): string[] {
  return [...metrics, ...indicators]
    .map(({ org, key, period, before, after }) => `${org} ${key} ${period} ${before} → ${after}`)
    .sort();
}

/** That what was shown is what then happens. */
async function expectTold(preview: EntriesPreview, save: () => Promise<unknown>): Promise<void> {
  const before = await values();
  await save();
  await recompute(database.source, REGISTRY);
  const happened = moved(before, await values());
  expect(happened.length).toBeGreaterThan(2);
  expect(told(preview)).toEqual(happened);
  expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0 });
}

describe('what saving would do', () => {
  it('is shown of a late entry: the month it is posted to, and each figure that then moves', async () => {
    const late = [
      entry({ occurredOn: '2023-01-31', quantity: '3', justification: '乡镇表迟到' }),
      ...caseEntries('2023-02-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']], 'A1'),
      // One who was reached in January, in a month of its own, and one who was not.
      ...['D902', 'D903'].map((donorCode) =>
        entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode, occurredOn: '2023-02-11' }),
      ),
    ];
    const before = [await state(), await derivedRows(database.source, REGISTRY)];
    const preview = await previewEntries(database.source, late, [], WRITER);
    expect(preview.entries.find(({ id }) => id === late[0]?.id)).toEqual({
      ...{ id: late[0]?.id, kind: 'RecruitmentRegistered', org: 'A', occurredOn: '2023-01-31', quantity: '3' },
      ...{ reverses: null, postedMonth: '2023-02', belongsTo: '2023-01', adjustment: true },
    });
    expect(preview.entries.filter(({ adjustment }) => adjustment)).toHaveLength(1);
    expect(preview.figures.exact).toBe(true);
    expect(await state()).toEqual(before[0]);
    expect(differencesBetween(before[1] as never, await derivedRows(database.source, REGISTRY))).toEqual([]);
    await expectTold(preview, () => append(database.source, ...late));
  });

  it('is shown of a correction: the reversal, and what is logged instead', async () => {
    const [wrong] = await database.source.query(`select id from entry where kind = 'RecruitmentRegistered'`);
    const [contact] = await database.source.query(`select id from entry where donor_code = 'D902'`);
    const justification = '登记有误';
    const reversals: Reversal[] = [
      {
        ...{ id: randomUUID(), reverses: wrong.id, justification },
        replacement: entry({ occurredOn: '2023-01-10', quantity: '7', justification }),
      },
      { id: randomUUID(), reverses: contact.id, justification },
    ];
    const preview = await previewEntries(database.source, [], reversals, WRITER);
    expect(preview.entries).toHaveLength(3);
    for (const one of preview.entries) {
      expect(one).toMatchObject({ postedMonth: '2023-02', belongsTo: '2023-01', adjustment: true });
    }
    await expectTold(preview, () => reverseEntries(database.source, reversals, WRITER));
  });

  it('is refused as saving is', async () => {
    const wrong = [
      entry({ occurredOn: '2023-01-31' }),
      entry({ kind: 'ScreenAnswered', outcome: 'agreed', donorCode: 'D1', caseCode: 'R9', occurredOn: '2023-02-01' }),
      entry({ occurredOn: '2023-02-30' }),
      entry({ occurredOn: '2023-02-01' }),
    ];
    const { results, entries, figures } = await previewEntries(database.source, wrong, [], WRITER);
    const saved = await appendEntries(database.source, wrong, WRITER);
    const problems = (rows: typeof results) =>
      rows.map((one) => (one.status === 'refused' ? one.problem.sentence.zh : one.status));
    expect(problems(results)).toEqual(problems(saved.results));
    expect(problems(results).at(-1)).toBe('created');
    expect(entries.map(({ id }) => id)).toEqual([wrong[3]?.id]);
    expect(told({ results, entries, figures })).toContain('P registry.recruited 2023-02 null → 1');

    const reversal = { id: randomUUID(), reverses: randomUUID(), justification: '有误' };
    await expect(previewEntries(database.source, [], [reversal], WRITER)).rejects.toMatchObject({
      code: 'entry_unknown',
    });
  });

  it('is nothing for what is stored already', async () => {
    const one = entry({ occurredOn: '2023-02-10' });
    await append(database.source, one);
    const preview = await previewEntries(database.source, [one], [], WRITER);
    expect(preview).toMatchObject({ results: [{ status: 'unchanged' }], entries: [], figures: { metrics: [] } });
  });

  it('tells who sees a part of the registry of that part alone', async () => {
    const within = new Set(['A', 'A1']);
    const late = entry({ org: 'A1', occurredOn: '2023-02-10' });
    const { figures } = await previewEntries(database.source, [late], [], { ...WRITER, within });
    expect(new Set(figures.metrics.map(({ org }) => org))).toEqual(within);
    const foreign = await previewEntries(database.source, [entry({ org: 'B', occurredOn: '2023-02-10' })], [], {
      ...WRITER,
      within,
    });
    expect(foreign).toMatchObject({ results: [{ status: 'refused', problem: { code: 'org_out_of_reach' } }] });
  });
});
