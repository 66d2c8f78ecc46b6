import { Decimal } from 'decimal.js';
import { INDICATORS } from '../../libs/catalogue/indicators';
import type { Count, MetricDefinition } from '../../libs/catalogue/metric-definition';
import { METRICS } from '../../libs/catalogue/metrics';
import { monthAfter, type Fact, type ModelLedger } from './model-ledger';

/** A figure's place, `org own period key`, with its state and value; of a rate its parts too. */
export type ModelFigures = Map<string, string>;

interface Scope {
  readonly org: string;
  readonly own: boolean;
  readonly members: ReadonlySet<string>;
}

/** Every value that the facts come to, from nothing but the rules: slowly, each figure from all its facts anew. */
export function figuresOf(ledger: ModelLedger, facts: readonly Fact[] = ledger.facts): ModelFigures {
  const figures: ModelFigures = new Map();
  if (facts.length === 0) return figures;
  const kinds = new Set(facts.map(({ kind }) => kind));
  const metrics = (METRICS as readonly MetricDefinition[]).filter(({ counts }) =>
    counts.some(({ kind }) => kinds.has(kind)),
  );
  const months = facts.map(({ month }) => month).sort();
  const periods = periodsFrom(months[0] as string, months.at(-1) as string);
  for (const scope of scopesOf(ledger)) {
    const own = facts.filter(({ org }) => scope.members.has(org));
    for (const { code, first, last } of periods) {
      const since = byKind(standing(own.filter(({ month }) => month >= first && month <= last)));
      const ever = byKind(standing(own.filter(({ month, kind }) => month <= last && RUNNING.has(kind))));
      const found = new Map<string, Decimal>();
      for (const metric of metrics) {
        const value =
          metric.addsUp === 'reported'
            ? lastReported(metric, since, scope)
            : count(metric, countsAt(ledger, metric, last), runsOn(metric) ? ever : since);
        if (value) found.set(metric.key, value);
      }
      const place = (key: string) => `${scope.org} ${scope.own} ${code} ${key}`;
      for (const [key, value] of found) figures.set(place(key), `${stateOf(value)} ${value.toFixed()}`);
      for (const { key, scale, decimals, ...parts } of INDICATORS) {
        const { numerator, denominator } = partsAt(ledger, key, last) ?? parts;
        const [upper, lower] = [found.get(numerator), found.get(denominator)];
        if (!lower || (!upper && !lower.isZero())) continue;
        const ratio = `${upper?.toFixed() ?? '-'}/${lower.toFixed()}`;
        const rate = lower.isZero() ? null : upper?.times(scale).dividedBy(lower);
        const told = rate
          ? `${stateOf(upper as Decimal)} ${rate.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toFixed()}`
          : 'not_applicable -';
        figures.set(place(key), `${told} ${ratio}`);
      }
    }
  }
  return figures;
}

export function scopesOf(ledger: ModelLedger): Scope[] {
  return [...ledger.orgs.keys()].flatMap((org) => [
    { org, own: false, members: ledger.below(org) },
    { org, own: true, members: new Set([org]) },
  ]);
}

/** The months from one to another, and the quarters, halves and years that hold one of them. */
function periodsFrom(first: string, last: string): { code: string; first: string; last: string }[] {
  const found = new Map<string, { code: string; first: string; last: string }>();
  const all: string[] = [];
  for (let month = `${first.slice(0, 4)}-01`; month <= `${last.slice(0, 4)}-12`; month = monthAfter(month))
    all.push(month);
  for (const month of all.filter((one) => one >= first && one <= last)) {
    const [year, number] = [month.slice(0, 4), Number(month.slice(5))];
    const named: [string, number, number][] = [
      [month, number, number],
      [`${year}-Q${Math.ceil(number / 3)}`, 3 * Math.ceil(number / 3) - 2, 3 * Math.ceil(number / 3)],
      [`${year}-H${Math.ceil(number / 6)}`, 6 * Math.ceil(number / 6) - 5, 6 * Math.ceil(number / 6)],
      [year, 1, 12],
    ];
    const nth = (one: number) => `${year}-${String(one).padStart(2, '0')}`;
    for (const [code, from, to] of named) found.set(code, { code, first: nth(from), last: nth(to) });
  }
  return [...found.values()];
}

function runsOn({ addsUp }: MetricDefinition): boolean {
  return addsUp === 'stock' || addsUp === 'cumulative';
}

const RUNNING: ReadonlySet<string> = new Set(
  (METRICS as readonly MetricDefinition[]).filter(runsOn).flatMap(({ counts }) => counts.map(({ kind }) => kind)),
);

/** R9: what is left after striking each fact whose reversal is there too, together with that reversal. */
function standing(facts: readonly Fact[]): Fact[] {
  const here = new Set(facts);
  const struck = new Set(facts.flatMap((one) => (one.reverses && here.has(one.reverses) ? [one, one.reverses] : [])));
  return facts.filter((one) => !struck.has(one));
}

function byKind(facts: readonly Fact[]): Map<string, Fact[]> {
  const kinds = new Map<string, Fact[]>();
  for (const fact of facts) {
    const known = kinds.get(fact.kind);
    if (known) known.push(fact);
    else kinds.set(fact.kind, [fact]);
  }
  return kinds;
}

/** R9, R10, R13: null is missing. */
function count(
  { subject }: MetricDefinition,
  counts: readonly Count[],
  facts: ReadonlyMap<string, readonly Fact[]>,
): Decimal | null {
  const feeding = [...new Set(counts.map(({ kind }) => kind))].flatMap((kind) => facts.get(kind) ?? []);
  if (feeding.length === 0) return null;
  if (subject) {
    const counted = feeding.filter(
      (fact) => !fact.reverses && fact.quantity.greaterThan(0) && counts.some((one) => selects(one, fact)),
    );
    return new Decimal(new Set(counted.map((fact) => fact[subject])).size);
  }
  let sum = new Decimal(0);
  for (const fact of feeding) {
    for (const one of counts) if (selects(one, fact)) sum = sum.plus(fact.quantity.times(one.times ?? '1'));
  }
  return sum;
}

/** R15: what is no sum over months goes by what is chosen on the period's last day. */
function countsAt(ledger: ModelLedger, { key, counts }: MetricDefinition, month: string): readonly Count[] {
  const contacted = (...outcomes: string[]) =>
    outcomes.map((outcome) => ({ kind: 'RetentionContacted', outcome }) as Count);
  const revisited = ledger.chosen('revisited', month);
  if (key === 'retention.revisited' && revisited === 'reached') {
    return contacted('confirmed', 'reached', 'unwilling', 'withdrawn');
  }
  if (key === 'retention.revisited' && revisited === 'confirmed') return contacted('confirmed');
  if (key === 'retention.confirmed' && ledger.chosen('confirmed_contact', month) === 'reached') {
    return contacted('confirmed', 'reached');
  }
  return counts;
}

function partsAt(ledger: ModelLedger, key: string, month: string) {
  return key === 'rate.volunteer_agree' && ledger.chosen('volunteer_agreement', month) === 'hr_typing'
    ? { numerator: 'match.hr_agreed', denominator: 'match.hr_requested' }
    : undefined;
}

function selects(one: Count, fact: Fact): boolean {
  if (one.kind !== fact.kind) return false;
  if (one.outcome !== undefined && one.outcome !== fact.outcome) return false;
  // No fact of the model has a reason that a metric asks for.
  return one.reasons === undefined;
}

/** Of each org what it said last: by the day, then in the order of the ledger. */
function lastReported(
  { counts, overOrgs }: MetricDefinition,
  facts: ReadonlyMap<string, readonly Fact[]>,
  { org }: Scope,
): Decimal | null {
  const last = new Map<string, Fact>();
  for (const fact of facts.get(counts[0]?.kind ?? '') ?? []) {
    if (fact.reverses || !(overOrgs || fact.org === org)) continue;
    const before = last.get(fact.org);
    if (!before || fact.day >= before.day) last.set(fact.org, fact);
  }
  if (last.size === 0) return null;
  return [...last.values()].reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
}

function stateOf(value: Decimal): string {
  return value.isZero() ? 'zero' : 'value';
}
