import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DomainError } from '../../libs/core/domain-error';
import { Random } from '../../libs/demonstration/random';
import { closeAndRecompute, rebuild, recompute } from '../../libs/indicators/recompute';
import { verify, type Verification } from '../../libs/indicators/verify';
import { appendEntries } from '../../libs/ledger/append';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const random = new Random('verify');
const ORGS = { P: 1, A: 4, A1: 2, B: 3 };
const STAGES: [kind: string, outcome?: string][] = [
  ['ScreenRequested'],
  ['ScreenAnswered', 'agreed'],
  ['RemobiliseRequested'],
  ['RemobiliseAnswered', 'agreed'],
  ['HrTypingRequested'],
  ['HrTypingAnswered', 'agreed'],
  ['HrTypingConcluded', 'match'],
  ['ExamStarted'],
  ['ExamConcluded', 'fit'],
  ['MobilisationStarted'],
  ['DonationCompleted', 'hpc_apheresis'],
];

let database: TestDatabase;
/** What verify found after each call, with marks waiting more often than not. */
const alongTheWay: Verification[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B'), ...opening('P'));
  for (const month of ['01', '02', '03', '04', '05', '06', '07', '08']) await liveThrough(`2023-${month}`);
  await recompute(database.source, REGISTRY);
}, 60_000);

afterAll(() => database.drop());

/** A month's entries in a few calls, some taken back then and some later; every other month is closed in arrears. */
async function liveThrough(month: string): Promise<void> {
  for (let call = 0; call < 4; call += 1) {
    const entries = Array.from({ length: 9 }, () => someEntries(month)).flat();
    await appendEntries(database.source, entries, WRITER);
    await takeBackSome();
    if (random.chance(0.4)) await recompute(database.source, REGISTRY);
    alongTheWay.push(await verify(database.source, REGISTRY));
  }
  const number = Number(month.slice(5));
  if (number % 2 === 1) return;
  for (const closed of [number - 1, number]) {
    await closeAndRecompute(database.source, REGISTRY, `2023-0${closed}`, 'tester');
  }
}

function someEntries(month: string): EntryInput[] {
  const day = () => `${month}-${String(random.between(1, 28)).padStart(2, '0')}`;
  const org = random.pick(ORGS);
  const common = { org, occurredOn: day() };
  const donorCode = `V${random.between(1, 12)}`;
  switch (random.pick({ tally: 3, nil: 2, contact: 4, move: 2, case: 3 })) {
    case 'tally': {
      const kind = random.pick({ RecruitmentRegistered: 2, SampleCollected: 1, DonorEnrolled: 2 });
      return [entry({ ...common, kind, quantity: String(random.between(1, 60)) })];
    }
    case 'nil': {
      const kind = random.pick({ RetentionContacted: 1, ScreenRequested: 1, DonationCompleted: 1, DonorWithdrawn: 1 });
      return [entry({ ...common, kind, quantity: '0' })];
    }
    case 'contact': {
      const outcome = random.pick({ confirmed: 2, reached: 1, not_reached: 1 });
      return [entry({ ...common, kind: 'RetentionContacted', outcome, donorCode })];
    }
    case 'move': {
      const [kind, outcome] = random.pick({ 'DonorTransferred out': 2, 'DonorStatusChanged AV': 1 }).split(' ');
      const moved = entry({ ...common, kind, outcome, donorCode });
      return outcome === 'out' ? [moved, { ...moved, id: randomUUID(), org: 'B', outcome: 'in' }] : [moved];
    }
    case 'case': {
      const rows = caseEntries(`${month}-05`, STAGES.slice(0, random.between(1, STAGES.length)), org);
      if (rows.length < 2 || random.chance(0.5)) return rows;
      const lost = entry({ ...rows[0], id: randomUUID(), kind: random.pick({ RequestClosed: 1, DonorRetracted: 1 }) });
      const outcome = lost.kind === 'RequestClosed' ? 'donor_side' : 'early';
      const reason = random.pick({ UC: 1, MO: 1, PR: 1 });
      return [...rows, { ...lost, occurredOn: `${month}-28`, outcome, reason }];
    }
  }
}

/** Reverses a few standing entries of any month; one that others rest on stays. */
async function takeBackSome(): Promise<void> {
  const standing: { id: string }[] = await database.source.query(
    `select e.id from entry e
      where e.reverses is null and not exists (select from entry r where r.reverses = e.id)
      order by e.posted_month, e.kind, e.org, e.donor_code, e.quantity, e.position`,
  );
  for (let turn = 0; turn < 5; turn += 1) {
    const chosen = standing[random.between(0, standing.length - 1)] as { id: string };
    try {
      await reverseEntries(
        database.source,
        [{ id: randomUUID(), reverses: chosen.id, justification: '登记有误' }],
        WRITER,
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }
}

/** Every derived row, as text: what R17 promises to come back. */
async function derivedRows(): Promise<string[]> {
  const rows: { row: string }[] = await database.source.query(
    `select concat_ws(' ', 'metric', org, own, period, key, state, value, version) as row from metric_value
      union all
      select concat_ws(' ', 'indicator', org, own, period, key, state, coalesce(value::text, '-'),
        coalesce(numerator::text, '-'), denominator, version) from indicator_value
      union all
      select concat_ws(' ', 'tally', org, posted_month, kind, outcome, reason, original_month, originals, reversals,
        quantity) from monthly_tally
      order by row`,
  );
  return rows.map(({ row }) => row);
}

async function asOwner(statement: string): Promise<number> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query(statement)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

describe('a ledger whose values were computed piece by piece', () => {
  it('shows no drift, and every value comes back byte for byte when rebuilt (R17)', async () => {
    const verification = await verify(database.source, REGISTRY);
    expect(verification).toMatchObject({ drift: 0, waiting: 0, findings: [] });

    const before = await derivedRows();
    expect(verification.checked).toBe(before.length);
    expect(before.length).toBeGreaterThan(1_500);
    await rebuild(database.source, REGISTRY);
    expect(await derivedRows()).toEqual(before);
  });

  it('holds reversals of every reach and each state, else the recount would prove little', async () => {
    const [ledger] = await database.source.query(
      `select count(*)::int as entries, count(*) filter (where quantity = 0 and reverses is null)::int as nil,
          count(*) filter (where reverses is not null and posted_month = original_month)::int as same_month,
          count(*) filter (where date_trunc('quarter', posted_month) <> date_trunc('quarter', original_month))::int
            as across_quarters
        from entry`,
    );
    expect(ledger.entries).toBeGreaterThan(500);
    expect(Math.min(ledger.nil, ledger.same_month, ledger.across_quarters)).toBeGreaterThan(5);
    const states = await database.source.query('select state from indicator_value group by state order by state');
    expect(states).toEqual([{ state: 'not_applicable' }, { state: 'value' }, { state: 'zero' }]);
  });

  it('keeps the outcome of each recount', async () => {
    const { startedAt, checked } = await verify(database.source, REGISTRY);

    const [last] = await database.source.query('select * from verification order by started_at desc limit 1');
    expect(last).toMatchObject({ registry_id: REGISTRY, checked: String(checked), drift: '0', findings: [] });
    expect(last.started_at).toEqual(startedAt);
    expect(last.finished_at.getTime()).toBeGreaterThanOrEqual(startedAt.getTime());
  });
});

describe('what drifted is found', () => {
  const METRIC = `registry_id = 1 and org = 'A' and not own and period = '2023-Q2' and key = 'registry.recruited'`;
  const SHAPES = [
    ['a changed value', 'metric_value', `update metric_value set value = value + 1`, 'registry.recruited'],
    ['a missing row', 'metric_value', `delete from metric_value`, 'registry.enrolled'],
    ['a wrong state', 'metric_value', `update metric_value set state = 'zero'`, 'registry.stock_eop'],
    ['a wrong version', 'metric_value', `update metric_value set version = 7`, 'retention.revisited'],
    ['a last decimal', 'indicator_value', `update indicator_value set value = value + 0.01`, 'rate.hr_agree'],
    ['a numerator', 'indicator_value', `update indicator_value set numerator = numerator + 1`, 'rate.screen_agree'],
    ['a denominator', 'indicator_value', `update indicator_value set denominator = 1`, 'rate.revisit_coverage'],
    ['a missing rate', 'indicator_value', `delete from indicator_value`, 'rate.attrition'],
    ['a misspelt key', 'metric_value', `update metric_value set key = 'match.misspelt'`, 'match.closed'],
  ] as const;

  afterEach(() => rebuild(database.source, REGISTRY));

  it('whatever was done to it, and nothing else', async () => {
    for (const [what, , tampering, key] of SHAPES) {
      const where = `where registry_id = 1 and org = 'P' and not own and period = '2023' and key = '${key}'`;
      expect([what, await asOwner(`${tampering} ${where}`)]).toEqual([what, 1]);
    }
    await asOwner(
      `insert into metric_value select registry_id, org, own, '2031-01', key, state, value, version, position, computed_at
        from metric_value where ${METRIC};
      update monthly_tally set reversals = reversals + 1
        where ctid = (select min(ctid) from monthly_tally where reversals > 0)`,
    );

    const { findings, drift } = await verify(database.source, REGISTRY);

    const found = findings.map((finding) => `${finding.table} ${finding.org} ${finding.period} ${finding.key}`);
    const rows = [...SHAPES.map(([, table, , key]) => `${table} P 2023 ${key}`), 'metric_value P 2023 match.misspelt'];
    expect(found.filter((row) => !row.startsWith('monthly_tally')).sort()).toEqual(
      [...rows, 'metric_value A 2031-01 registry.recruited'].sort(),
    );
    expect(drift).toBe(rows.length + 2);
  });

  it('tells what is expected and what stands', async () => {
    const [{ value }] = await database.source.query(`select value from metric_value where ${METRIC}`);
    await asOwner(`update metric_value set value = 0 where ${METRIC}`);

    expect((await verify(database.source, REGISTRY)).findings).toEqual([
      {
        table: 'metric_value',
        org: 'A',
        own: false,
        period: '2023-Q2',
        key: 'registry.recruited',
        expected: { state: 'value', value: Number(value), version: 1 },
        found: { state: 'value', value: 0, version: 1 },
      },
    ]);
  });

  it('lists the first hundred of many', async () => {
    const removed = await asOwner('delete from metric_value');

    const verification = await verify(database.source, REGISTRY);

    expect(verification.drift).toBe(removed);
    expect(verification.findings).toHaveLength(100);
  });
});

describe('while marks wait', () => {
  it('reports no drift after any call of the year', () => {
    expect(alongTheWay.flatMap((verification) => verification.findings)).toEqual([]);
    expect(alongTheWay.filter((verification) => verification.waiting > 0).length).toBeGreaterThan(10);
    expect(alongTheWay.every((verification, call) => call < 4 || verification.checked > 200)).toBe(true);
  });

  it('leaves out what they may still change, and still finds drift in the rest', async () => {
    await append(database.source, entry({ org: 'B', occurredOn: '2023-09-03' }));
    const waiting = await verify(database.source, REGISTRY);
    expect(waiting.drift).toBe(0);
    // Recruited of B and P in the new month, its quarter, half and year, and every stock of the new month and quarter.
    expect(waiting.waiting).toBeGreaterThan(0);

    await asOwner(
      `update metric_value set value = value + 1 where org = 'A' and period = '2023' and key = 'registry.recruited'`,
    );
    await asOwner(
      `update metric_value set value = value + 1 where org = 'B' and period = '2023' and key = 'registry.recruited'`,
    );
    expect((await verify(database.source, REGISTRY)).findings.map(({ org }) => org)).toEqual(['A', 'A']);

    await recompute(database.source, REGISTRY);
    await rebuild(database.source, REGISTRY);
    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0 });
  });

  it('reports no drift at any moment while writers and workers go on', async () => {
    let writing = true;
    const writer = (async () => {
      for (let call = 0; call < 12; call += 1) {
        await appendEntries(database.source, Array.from({ length: 4 }, () => someEntries('2023-10')).flat(), WRITER);
        await takeBackSome();
      }
      writing = false;
    })();
    const worker = (async () => {
      while (writing) await recompute(database.source, REGISTRY);
    })();
    const found = [];
    while (writing) found.push(await verify(database.source, REGISTRY));
    await Promise.all([writer, worker]);

    expect(found.flatMap((verification) => verification.findings)).toEqual([]);
    await recompute(database.source, REGISTRY);
    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0 });
  });
});
