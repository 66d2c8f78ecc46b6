import { Decimal } from 'decimal.js';
import type { IndicatorDefinition } from '../../libs/catalogue/indicator-definition';
import { INDICATORS } from '../../libs/catalogue/indicators';
import type { Count, MetricDefinition } from '../../libs/catalogue/metric-definition';
import { METRICS } from '../../libs/catalogue/metrics';
import type { Act } from './acts';

/** One expected figure; one that is missing has no row. */
export interface Expected {
  readonly org: string;
  readonly own: string;
  readonly period: string;
  readonly key: string;
  readonly state: string;
  readonly value: string;
  readonly numerator: string;
  readonly denominator: string;
}

interface Fact {
  readonly id: string;
  readonly reverses: string;
  readonly org: string;
  readonly day: string;
  readonly month: string;
  readonly kind: string;
  readonly outcome: string;
  readonly reason: string;
  readonly donor: string;
  readonly case: string;
  readonly quantity: Decimal;
  /** As entries.csv writes them. */
  readonly attributes: string;
}

/** Each scope's orgs: with all below, and each org's own entries. */
export const SCOPES: readonly { org: string; own: boolean; members: readonly string[] }[] = [
  { org: 'P', own: false, members: ['P', 'A', 'A1', 'B'] },
  { org: 'P', own: true, members: ['P'] },
  { org: 'A', own: false, members: ['A', 'A1'] },
  { org: 'A', own: true, members: ['A'] },
  { org: 'A1', own: false, members: ['A1'] },
  { org: 'A1', own: true, members: ['A1'] },
  { org: 'B', own: false, members: ['B'] },
  { org: 'B', own: true, members: ['B'] },
];

/** Each period's first and last month. */
export const PERIODS: readonly { code: string; first: string; last: string }[] = ['2022', '2023', '2024'].flatMap(
  (year) => [
    { code: year, first: `${year}-01`, last: `${year}-12` },
    { code: `${year}-H1`, first: `${year}-01`, last: `${year}-06` },
    { code: `${year}-H2`, first: `${year}-07`, last: `${year}-12` },
    { code: `${year}-Q1`, first: `${year}-01`, last: `${year}-03` },
    { code: `${year}-Q2`, first: `${year}-04`, last: `${year}-06` },
    { code: `${year}-Q3`, first: `${year}-07`, last: `${year}-09` },
    { code: `${year}-Q4`, first: `${year}-10`, last: `${year}-12` },
    ...['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => {
      const code = `${year}-${month}`;
      return { code, first: code, last: code };
    }),
  ],
);

/**
 * What the rules make of the golden year: slow, in memory, every figure from all facts anew. It knows the
 * definitions of the catalogue and nothing of how the product computes.
 */
export function expectedValues(acts: readonly Act[]): Expected[] {
  const facts = post(acts);
  return SCOPES.flatMap(({ org, own, members }) =>
    PERIODS.flatMap(({ code, first, last }) => {
      const place = { org, own: String(own), period: code };
      const within = (from: string) =>
        standing(facts.filter((one) => members.includes(one.org) && one.month >= from && one.month <= last));
      // R11: stock and cumulative figures look back to the beginning.
      const [since, ever] = [within(first), within('')];
      const metrics = new Map<string, Decimal>();
      for (const metric of METRICS as readonly MetricDefinition[]) {
        const runsOn = metric.addsUp === 'stock' || metric.addsUp === 'cumulative';
        const value =
          code < '2023' && !runsOn
            ? brought(metric, standing(facts.filter((one) => members.includes(one.org))), code, org)
            : metric.addsUp === 'reported'
              ? lastReported(metric, since, org)
              : count(metric, runsOn ? ever : since);
        if (value) metrics.set(metric.key, value);
      }
      const figures = [...metrics].map(([key, value]) => {
        const state = value.isZero() ? 'zero' : 'value';
        return { ...place, key, state, value: value.toFixed(), numerator: '', denominator: '' };
      });
      return [...figures, ...INDICATORS.flatMap((indicator) => ratio(indicator, metrics, place))];
    }),
  );
}

/** R4: each fact's month is the one it happened in, or a reversal's original's, unless that is closed. */
function post(acts: readonly Act[]): Fact[] {
  let firstOpen = '2023-01';
  const facts = new Map<string, Fact>();
  const postedTo = (month: string) => (month < firstOpen ? firstOpen : month);
  for (const act of acts) {
    if (act.act === 'close') {
      if (act.occurredOn !== firstOpen) throw new Error(`${act.occurredOn} closes out of order`);
      const [year, month] = firstOpen.split('-').map(Number) as [number, number];
      firstOpen = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
    } else if (act.act === 'entry') {
      const { id, org, kind, outcome, reason } = act;
      const quantity = new Decimal(act.quantity || '1');
      const month = postedTo(act.occurredOn.slice(0, 7));
      const subjects = { donor: act.donorCode, case: act.caseCode };
      facts.set(id, {
        id,
        reverses: '',
        org,
        day: act.occurredOn,
        month,
        kind,
        outcome,
        reason,
        quantity,
        attributes: act.attributes,
        ...subjects,
      });
    } else {
      const original = facts.get(act.reverses);
      if (!original) throw new Error(`${act.id} reverses nothing`);
      const month = postedTo(original.month);
      facts.set(act.id, {
        ...original,
        id: act.id,
        reverses: act.reverses,
        month,
        quantity: original.quantity.negated(),
      });
    }
  }
  return [...facts.values()];
}

/** R9: what is left after striking each entry whose reversal is there too, together with that reversal. */
function standing(scope: readonly Fact[]): Fact[] {
  return scope.filter((one) => {
    const reversed = scope.some((other) => other.reverses === one.id);
    const reversesOneHere = scope.some((other) => one.reverses === other.id);
    return !reversed && !reversesOneHere;
  });
}

/** R9, R10: null is missing. */
function count(metric: MetricDefinition, facts: readonly Fact[]): Decimal | null {
  const feeding = facts.filter((fact) => metric.counts.some((one) => one.kind === fact.kind));
  if (feeding.length === 0) return null;
  const { subject } = metric;
  if (subject) {
    const positive = feeding.filter((fact) => fact.quantity.greaterThan(0) && fact.reverses === '');
    const counted = positive.filter((fact) => metric.counts.some((one) => selects(one, fact)));
    return new Decimal(new Set(counted.map((fact) => fact[subject])).size);
  }
  let sum = new Decimal(0);
  for (const fact of feeding) {
    for (const one of metric.counts) {
      if (selects(one, fact)) sum = sum.plus(fact.quantity.times(one.times ?? '1'));
    }
  }
  return sum;
}

/** What each org reported last, by the day it is of; added up where it adds up, else what the org itself said. */
function lastReported({ counts, overOrgs }: MetricDefinition, facts: readonly Fact[], org: string): Decimal | null {
  const last = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact.reverses !== '' || fact.kind !== counts[0]?.kind || !(overOrgs || fact.org === org)) continue;
    const before = last.get(fact.org);
    if (!before || fact.day >= before.day) last.set(fact.org, fact);
  }
  if (last.size === 0) return null;
  return [...last.values()].reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
}

/** R6: the ledger begins with 2023; of the year before it stands what was reported of it, of persons by the org itself. */
function brought({ key, addsUp }: MetricDefinition, facts: readonly Fact[], year: string, org: string): Decimal | null {
  const told = facts.filter(
    (fact) => fact.attributes === `year=${year};metric=${key}` && (addsUp === 'sum' || fact.org === org),
  );
  return told.length === 0 ? null : told.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
}

function selects(one: Count, fact: Fact): boolean {
  if (one.kind !== fact.kind) return false;
  if (one.outcome !== undefined && one.outcome !== fact.outcome) return false;
  return one.reasons === undefined || (one.reasons as readonly string[]).includes(fact.reason);
}

/** R10, R12, R16: not applicable over zero, else missing without a part, else rounded half away from zero. */
function ratio(
  { key, numerator, denominator, scale, decimals }: IndicatorDefinition,
  metrics: ReadonlyMap<string, Decimal>,
  place: { org: string; own: string; period: string },
): Expected[] {
  const [upper, lower] = [metrics.get(numerator), metrics.get(denominator)];
  if (!lower) return [];
  const parts = { numerator: upper?.toFixed() ?? '', denominator: lower.toFixed() };
  if (lower.isZero()) return [{ ...place, key, state: 'not_applicable', value: '', ...parts }];
  if (!upper) return [];
  // A Decimal keeps 20 digits, and halves away from zero.
  const value = upper.times(scale).dividedBy(lower).toFixed(decimals, Decimal.ROUND_HALF_UP);
  return [{ ...place, key, state: upper.isZero() ? 'zero' : 'value', value, ...parts }];
}
