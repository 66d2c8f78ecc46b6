import { FAMILIES } from './families';
import type { IndicatorDefinition } from './indicator-definition';
import { INDICATORS } from './indicators';
import type { KindDefinition, Selection } from './kind-definition';
import type { KindCode } from './kind-code';
import { findKind, KINDS } from './kinds';
import type { MetricDefinition } from './metric-definition';
import { METRICS, type MetricKey } from './metrics';
import { REASONS } from './reasons';
import { ALL_SETTINGS } from './settings';

const kinds: readonly KindDefinition[] = KINDS;
// Those of every choice of a setting, too.
const metrics: readonly MetricDefinition[] = [
  ...METRICS,
  ...ALL_SETTINGS.flatMap(({ choices }) =>
    choices.flatMap((choice) =>
      METRICS.flatMap((metric) => {
        const meaning = choice.metrics?.[metric.key];
        return meaning ? [{ ...metric, ...meaning }] : [];
      }),
    ),
  ),
];
const indicators: readonly IndicatorDefinition[] = INDICATORS;

/** What a registry and a blood station are asked for in any year. */
const CORE = [
  ...['recruited', 'samples_collected', 'sampling_fee_paid', 'samples_transited', 'samples_damaged', 'enrolled'],
  ...['withdrawn', 'enrolled_cumulative', 'stock_eop', 'effective_stock_eop'],
].map((name) => `registry.${name}`);
const CORE_ELSEWHERE = [
  ...['retention.revisited', 'retention.confirmed', 'rate.revisit_coverage', 'match.screen_requested'],
  ...['match.screen_agreed', 'rate.screen_agree', 'match.remobilise_requested', 'match.remobilise_agreed'],
  ...['rate.remobilise_agree', 'match.hr_requested', 'match.hr_agreed', 'rate.hr_agree', 'workup.exam_started'],
  ...['workup.exam_completed', 'rate.exam_complete', 'donation.completed', 'donation.donors_distinct'],
  ...['donation.last_minute_withdrawals', 'donation.consolation_paid', 'donation.followups_done'],
  ...['rate.annual_release', 'rate.stock_utilisation', 'rate.attrition', 'rate.retraction', 'rate.volunteer_agree'],
  ...['organ.registrations', 'organ.body_donations', 'organ.organ_donations', 'organ.cornea_donations'],
  ...['blood.donation_times', 'blood.collected_units', 'blood.collected_tonnes', 'blood.component_units'],
  ...['blood.issued_units', 'blood.serology_tested', 'blood.nat_tested', 'finance.execution_rate'],
  'outreach.volunteer_events',
];

function twice(codes: readonly string[]): string[] {
  return codes.filter((code, place) => codes.indexOf(code) !== place);
}

function stray({ kind, outcome }: Selection): string[] {
  const known = findKind(kind);
  if (!known) return [kind];
  return outcome === undefined || known.outcomes?.some((one) => one.code === outcome) ? [] : [`${kind} ${outcome}`];
}

describe('the catalogue', () => {
  it('has each code once', () => {
    expect(twice(kinds.map(({ code }) => code))).toEqual([]);
    expect(twice([...METRICS, ...indicators].map(({ key }) => key))).toEqual([]);
    expect(twice(REASONS.map(({ code }) => code))).toEqual([]);
    expect(twice(FAMILIES.map(({ code }) => code))).toEqual([]);
  });

  it('has all that a registry and a blood station are asked for in any year', () => {
    const keys = new Set([...metrics, ...indicators].map(({ key }) => key));
    expect([...CORE, ...CORE_ELSEWHERE].filter((key) => !keys.has(key))).toEqual([]);
    expect([...CORE, ...CORE_ELSEWHERE]).toHaveLength(48);
  });

  it('names in guards and metrics only kinds and outcomes that there are', () => {
    const guards = kinds.flatMap((kind) =>
      (kind.guards ?? []).flatMap(({ after, unless, except }) => [
        ...(after ? [after] : []),
        ...(unless ? [{ kind: unless, outcome: except }] : []),
      ]),
    );
    expect([...guards, ...metrics.flatMap(({ counts }) => counts)].flatMap(stray)).toEqual([]);
  });

  it('counts for a metric only reasons that its kinds can have', () => {
    for (const { counts } of metrics) {
      for (const { kind, outcome, reasons = [] } of counts) {
        const definition = findKind(kind);
        const possible =
          definition?.outcomes?.find((one) => one.code === outcome)?.reasons ?? definition?.reasons ?? [];
        expect(reasons.filter((reason) => !possible.includes(reason))).toEqual([]);
      }
    }
  });

  it('lets each definition be chosen among by one setting, whose first choice is what it says already', () => {
    const touched = ALL_SETTINGS.map(({ choices }) => [
      ...new Set(
        choices.flatMap(({ metrics: of = {}, indicators: also = {} }) => [...Object.keys(of), ...Object.keys(also)]),
      ),
    ]);
    expect(twice(touched.flat())).toEqual([]);
    expect(touched.filter((keys) => keys.length === 0)).toEqual([]);
    for (const { choices } of ALL_SETTINGS) {
      expect(choices[0]).not.toHaveProperty('metrics');
      expect(choices[0]).not.toHaveProperty('indicators');
      expect(twice(choices.map(({ code }) => code))).toEqual([]);
    }
  });

  it('guards a kind by a subject that it can name', () => {
    for (const { subjects, guards = [], once } of kinds) {
      for (const { on } of guards) expect(subjects[on]).toBeDefined();
      if (once) expect(subjects[once]).toBeDefined();
    }
  });

  it('never adds what is measured in one unit to what is measured in another', () => {
    // Where subjects are counted, nothing is added.
    for (const { key, counts } of metrics.filter(({ subject }) => !subject)) {
      const units = new Set(counts.map(({ kind }) => findKind(kind)?.unit));
      expect([key, [...units]]).toEqual([key, [expect.any(String)]]);
    }
  });

  it('counts subjects only of kinds that must name them (R13)', () => {
    for (const { subject, counts } of metrics) {
      if (subject)
        for (const { kind } of counts) expect([kind, findKind(kind)?.subjects[subject]]).toEqual([kind, '!']);
    }
  });

  it('feeds a reported metric by one kind that states a value, and no other metric by such a kind', () => {
    for (const { key, addsUp, counts } of metrics) {
      const reported = counts.filter(({ kind }) => findKind(kind)?.reported);
      expect([key, reported.length]).toEqual([key, addsUp === 'reported' ? 1 : 0]);
      if (addsUp === 'reported') expect(counts).toHaveLength(1);
    }
  });

  it('lets no misspelt key compile', () => {
    // @ts-expect-error -- there is no such metric
    const metric: MetricKey = 'registry.recruitd';
    // @ts-expect-error -- there is no such kind
    const kind: KindCode = 'RecruitmentRegisterd';
    expect([findKind(kind), metrics.find(({ key }) => key === metric)]).toEqual([undefined, undefined]);
  });

  it('says in both languages what everything is called', () => {
    for (const { label } of [...kinds, ...metrics, ...indicators, ...REASONS, ...FAMILIES]) {
      expect(label.zh).not.toBe('');
      expect(label.en).not.toBe('');
    }
  });

  it('calls no two kinds of a family the same', () => {
    for (const family of FAMILIES) expect(twice(family.kinds.map(({ label }) => label.zh))).toEqual([]);
  });
});
