import type { DataSource } from 'typeorm';
import { nextMonth } from '../../libs/core/period';
import { Random } from '../../libs/demonstration/random';
import { readBridge, readBridgeEntries } from '../../libs/funnel/bridge';
import { readCohort, readCohortCases } from '../../libs/funnel/cohort';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { readMetricValues } from '../../libs/indicators/values';
import { BRIDGES, bridgeOf, cohortOf, type ModelCase, type ModelEntry, type Terms } from '../support/funnel-model';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(300_000);

const MONTHS = Array.from({ length: 12 }, (_, index) => `2023-${String(index + 1).padStart(2, '0')}`);
const PERIODS = ['2023', '2023-H1', '2023-H2', '2023-Q1', '2023-Q2', '2023-Q3', '2023-Q4', ...MONTHS];
const SCOPES = [
  { org: 'P', own: false, orgs: new Set(['P', 'A', 'A1', 'B']) },
  { org: 'A', own: false, orgs: new Set(['A', 'A1']) },
  { org: 'A', own: true, orgs: new Set(['A']) },
  { org: 'B', own: false, orgs: new Set(['B']) },
];
const ORGS = { P: 1, A: 5, A1: 3, B: 4 };

/** The usual way, and what happens beside it. */
const USUAL: readonly (readonly [kind: string, outcome: string | null])[] = [
  ['ScreenRequested', null],
  ['ScreenAnswered', 'agreed'],
  ['RemobiliseRequested', null],
  ['RemobiliseAnswered', 'agreed'],
  ['HrTypingRequested', null],
  ['HrTypingAnswered', 'agreed'],
  ['HrTypingConcluded', 'match'],
  ['ExamStarted', null],
  ['ExamConcluded', 'fit'],
  ['MobilisationStarted', null],
  ['DonationCompleted', 'hpc_apheresis'],
];
const UNUSUAL: readonly (readonly [kind: string, outcome: string | null])[] = [
  ...USUAL,
  ['ScreenAnswered', 'refused'],
  ['RemobiliseAnswered', 'refused'],
  ['HrTypingAnswered', 'refused'],
  ['HrTypingConcluded', 'mismatch'],
  ['ExamConcluded', 'unfit'],
  ['RequestHeld', 'patient_side'],
  ['RequestResumed', null],
  ['DonorRetracted', 'early'],
  ['RequestClosed', 'donor_side'],
  ['RequestClosed', 'patient_side'],
  ['RequestClosed', 'donated'],
];

/** A ledger written past the guards, late and in any order, with months that close and open again meanwhile. */
class RandomLedger {
  readonly entries: ModelEntry[] = [];
  private open = '2023-01';
  private readonly random: Random;

  constructor(
    private readonly source: DataSource,
    seed: string,
  ) {
    this.random = new Random(seed);
  }

  async live(): Promise<void> {
    const plans = Array.from({ length: 70 }, (_, number) => this.plan(number)).flat();
    plans.sort((a, b) => a.sent - b.sent);
    for (let place = 0; place < plans.length; place += 20) {
      const batch = plans.slice(place, place + 20);
      await this.write(batch.map(({ entry }) => entry));
      await this.takeBack();
      await this.closeUpTo(batch.at(-1)?.sent ?? 0);
    }
    await recompute(this.source, REGISTRY);
  }

  private plan(number: number): { sent: number; entry: Omit<ModelEntry, 'position' | 'month'> }[] {
    let day = this.random.between(0, 280);
    let org = this.random.pick(ORGS);
    let step = this.random.chance(0.8) ? 0 : this.random.between(0, 8);
    const length = this.random.between(1, 14);
    return Array.from({ length }, () => {
      const usual = this.random.chance(0.75);
      const [kind, outcome] = (usual
        ? USUAL[step % USUAL.length]
        : UNUSUAL[this.random.between(0, UNUSUAL.length - 1)]) ?? ['ScreenRequested', null];
      if (usual) step += 1;
      if (this.random.chance(0.12)) org = this.random.pick(ORGS);
      const caseless = this.random.chance(0.03);
      const entry = {
        id: uuid(this.random),
        kind,
        outcome,
        reason: null,
        org,
        caseCode: caseless ? null : `R${number}`,
        day: dayOf(day),
        quantity: caseless ? this.random.between(0, 3) : 1,
        reverses: null,
      };
      const sent = day + (this.random.chance(0.2) ? this.random.between(0, 120) : 0);
      day = Math.min(day + (this.random.chance(0.15) ? 0 : this.random.between(0, 30)), 364);
      return { sent, entry };
    });
  }

  private async takeBack(): Promise<void> {
    const gone = new Set(this.entries.map(({ reverses }) => reverses));
    const standing = this.entries.filter(({ id, reverses }) => !reverses && !gone.has(id));
    const taken = standing.filter(() => this.random.chance(0.01));
    if (taken.length === 0) return;
    await this.write(
      taken.map((one) => ({ ...one, id: uuid(this.random), quantity: -one.quantity, reverses: one.id })),
    );
  }

  private async closeUpTo(day: number): Promise<void> {
    const today = dayOf(Math.min(day, 364));
    while (nextMonth(this.open) < today.slice(0, 7)) {
      await closeAndRecompute(this.source, REGISTRY, this.open, 'tester');
      this.open = nextMonth(this.open);
    }
    if (this.open === '2023-01' || !this.random.chance(0.15)) return;
    const last = MONTHS[MONTHS.indexOf(this.open) - 1] ?? '2023-01';
    await this.source.query(`select reopen_month(1, $1::date, 'tester', '补录')`, [`${last}-01`]);
    this.open = last;
  }

  private async write(
    entries: readonly (Omit<ModelEntry, 'position' | 'month'> & { month?: string })[],
  ): Promise<void> {
    const rows = entries.map(({ id, kind, outcome, reason, org, caseCode, day, quantity, reverses }) => ({
      ...{ registry_id: REGISTRY, id, kind, outcome, reason, org, case_code: caseCode, donor_code: caseCode && 'D' },
      ...{ occurred_on: day, quantity, reverses, justification: '补录' },
    }));
    const columns = Object.keys(rows[0] ?? {}).join(', ');
    await this.source.query(
      `insert into entry (${columns}) select ${columns} from json_populate_recordset(null::entry, $1::json)`,
      [JSON.stringify(rows)],
    );
    const [{ position }] = await this.source.query('select position from registry_head');
    for (const one of entries) {
      const own = one.month ?? one.day.slice(0, 7);
      this.entries.push({ ...one, position: Number(position), month: own < this.open ? this.open : own });
    }
  }
}

function dayOf(day: number): string {
  return new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10);
}

function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

let database: TestDatabase;
let ledger: RandomLedger;

async function listed(stage: string, period: string, scope: (typeof SCOPES)[number], asOf?: string): Promise<Terms> {
  const terms: Terms = {};
  const question = { registryId: REGISTRY, period, stage, org: scope.org, own: scope.own, asOf };
  for (const { term, entries } of (await readBridge(database.source, question)).terms) {
    if (entries === 0) continue;
    let after: string | undefined;
    do {
      const page = await readBridgeEntries(database.source, { ...question, term, after, limit: 40 });
      for (const { id, contribution } of page.entries) (terms[term] ??= {})[id] = Number(contribution);
      after = page.next ?? undefined;
    } while (after);
  }
  return terms;
}

function sum(values: Record<string, number>): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}

const PARTS: Readonly<Record<string, (one: ModelCase, stage: number) => boolean>> = {
  reached: ({ reached }, stage) => reached >= stage,
  passed: ({ passed }, stage) => passed >= stage,
  open: ({ reached, passed, state }, stage) => reached === stage && passed < stage && state === 'open',
  lost: ({ reached, passed, state }, stage) => reached === stage && passed < stage && state === 'lost',
  waiting: ({ reached, passed, state }, stage) => reached === stage && passed === stage && state === 'open',
  lostAfter: ({ reached, passed, state }, stage) => reached === stage && passed === stage && state === 'lost',
  held: ({ reached, held }, stage) => reached === stage && held,
};

describe.each(['first', 'second'])('a ledger written at random, the %s', (seed) => {
  beforeAll(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    ledger = new RandomLedger(database.source, seed);
    await ledger.live();
  }, 120_000);

  afterAll(() => database.drop());

  it('has bridges that add up to the figure, for every org, period and stage (R19)', async () => {
    const seen = new Set<string>();
    for (const { org, own, orgs } of SCOPES) {
      for (const stage of Object.keys(BRIDGES) as (keyof typeof BRIDGES)[]) {
        for (const period of PERIODS) {
          const bridge = await readBridge(database.source, { registryId: REGISTRY, period, stage, org, own });
          const { terms, requested } = bridgeOf(ledger.entries, stage, period, orgs);
          const place = `${stage} ${period} ${org} ${own}`;
          const found = Object.fromEntries(bridge.terms.map(({ term, value }) => [term, Number(value)]));
          const expected = Object.fromEntries(Object.keys(found).map((term) => [term, sum(terms[term] ?? {})]));
          expect([place, found]).toEqual([place, expected]);
          expect([place, sum(found)]).toEqual([place, Number(bridge.requested ?? '0')]);
          expect([place, requested]).toEqual([place, Number(bridge.requested ?? '0')]);
          const keys = [bridge.key];
          const [figure] = await readMetricValues(database.source, { registryId: REGISTRY, period, org, own, keys });
          expect([place, bridge.requested]).toEqual([place, figure?.value]);
          for (const term of Object.keys(terms)) seen.add(term);
        }
      }
    }
    // What never occurs is not tested.
    expect(seen.size).toBe(12);
  });

  it('has for each term the very entries that it is made of, also as of an earlier position', async () => {
    const early = ledger.entries[Math.floor(ledger.entries.length * 0.7)]?.position ?? 0;
    for (const scope of SCOPES) {
      for (const [stage, period] of [
        ['exam', '2023-H1'],
        ['remobilise', '2023-Q3'],
        ['donation', '2023'],
      ] as const) {
        const before = ledger.entries.filter(({ position }) => position <= early);
        expect(await listed(stage, period, scope)).toEqual(bridgeOf(ledger.entries, stage, period, scope.orgs).terms);
        expect(await listed(stage, period, scope, String(early))).toEqual(
          bridgeOf(before, stage, period, scope.orgs).terms,
        );
      }
    }
  });

  it('has cohorts that follow each request to its end (R18)', async () => {
    const early = ledger.entries[Math.floor(ledger.entries.length * 0.7)]?.position ?? 0;
    for (const { org, own, orgs } of SCOPES) {
      for (const period of ['2023', '2023-Q1', '2023-05']) {
        for (const asOf of [undefined, String(early)]) {
          const question = { registryId: REGISTRY, period, org, own, asOf };
          const known = ledger.entries.filter(({ position }) => asOf === undefined || position <= early);
          const model = cohortOf(known, period, orgs);
          const cohort = await readCohort(database.source, question);
          expect(cohort.cases).toBe(model.length);
          for (const [index, stage] of cohort.stages.entries()) {
            const counts = Object.entries(PARTS).map(([part, holds]) => [
              part,
              model.filter((one) => holds(one, index + 1)).length,
            ]);
            expect([period, org, stage]).toMatchObject([period, org, Object.fromEntries(counts)]);
            expect(stage.reached).toBe(stage.passed + stage.open + stage.lost);
            expect(stage.passed).toBe(
              (cohort.stages[index + 1]?.reached ?? stage.passed) + stage.waiting + stage.lostAfter,
            );
            expect(stage.losses.reduce((total, { cases }) => total + cases, 0)).toBe(stage.lost + stage.lostAfter);
            for (const { days, numerator, denominator, censored } of stage.windows) {
              const age = (one: ModelCase) => daysBetween(one.begun, cohort.asOf.today);
              const old = model.filter((one) => age(one) >= days);
              const inTime = old.filter(
                ({ begun, passedOn }) => daysBetween(begun, passedOn[index] ?? '9999-12-31') <= days,
              );
              expect([denominator, numerator, censored]).toEqual([
                old.length,
                inTime.length,
                model.length - old.length,
              ]);
            }
          }
          const lost = await readCohortCases(database.source, {
            ...question,
            part: 'reached',
            stage: 'screen',
            limit: 1_000,
          });
          const told = lost.cases.map(({ caseCode, state, held, how }) => ({ caseCode, state, held, how }));
          const expected = model.map(({ caseCode, state, held, how }) => ({ caseCode, state, held, how }));
          expect(sorted(told)).toEqual(sorted(expected));
        }
      }
    }
  });
});

function sorted<Row extends { caseCode: string }>(rows: Row[]): Row[] {
  return rows.sort((a, b) => a.caseCode.localeCompare(b.caseCode));
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
