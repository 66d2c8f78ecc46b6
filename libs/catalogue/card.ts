import { ASKED_FOR, REPORTS } from './asked-for';
import { ASSUMPTIONS } from './assumptions';
import { nameOfVersion, type Definitions } from './effective';
import { formulaOfMetric, formulaOfRate, nameOfCount } from './formula';
import type { IndicatorDefinition } from './indicator-definition';
import { findKind } from './kinds';
import { label, type Label } from './label';
import type { AddsUp, MetricDefinition } from './metric-definition';
import { ALL_SETTINGS, settingOf, type ChoiceOfSetting } from './settings';
import { inForceOf, type InForce } from './versions';

/** A selection of entries that a figure counts. */
export interface CardCount {
  readonly kind: string;
  readonly label: Label;
  /** What each unit counts for: `-1` takes away. */
  readonly times: string;
}

/** What a figure means, or meant, from a month on. */
export interface CardVersion {
  readonly version: number;
  /** As people read it: `1`, or `1.2` for version 1 by the registry's second choice. */
  readonly name: string;
  /** The first month that it holds for, `YYYY-MM`; null: since ever. */
  readonly since: string | null;
  /** The month in which another one begins; null while none does. */
  readonly until: string | null;
  readonly formula: Label;
  /** Of a metric; empty for a rate. */
  readonly counts: readonly CardCount[];
  /** Of a rate, the keys of its parts; null for a metric. */
  readonly parts: { readonly numerator: string; readonly denominator: string } | null;
  /** The choice that made it; null where the program brought it. */
  readonly madeBy: { readonly setting: string; readonly choice: string; readonly effect: Label } | null;
}

export interface CardSetting {
  readonly key: string;
  readonly label: Label;
  readonly default: string;
  readonly choices: readonly Pick<ChoiceOfSetting, 'code' | 'label' | 'effect'>[];
}

/** A definition as people read it (口径卡). */
export interface Card {
  readonly key: string;
  readonly kind: 'metric' | 'indicator';
  readonly label: Label;
  readonly unit: string;
  /** The decimals it is printed with; null: as many as there are. */
  readonly decimals: number | null;
  readonly addsUp: { readonly code: AddsUp | 'ratio'; readonly label: Label };
  readonly source: { readonly entries: Label; readonly askedBy: readonly Label[] };
  /** The rates that it is a part of. */
  readonly partOf: readonly string[];
  /** All versions, the oldest first; the last one holds until another is made. */
  readonly versions: readonly CardVersion[];
  /** What chooses among its meanings; null where nothing does. */
  readonly setting: CardSetting | null;
  readonly assumptions: readonly Label[];
}

/** The card of every metric and indicator, as they are for one registry. */
export function cardsOf(definitions: Definitions): Card[] {
  const metrics = new Map(definitions.metrics.map((metric) => [metric.key, metric]));
  return [
    ...definitions.metrics.map((metric) => cardOfMetric(metric, definitions.indicators)),
    ...definitions.indicators.map((indicator) => cardOfIndicator(indicator, metrics)),
  ];
}

function cardOfMetric(metric: MetricDefinition, indicators: readonly IndicatorDefinition[]): Card {
  const { key, unit, addsUp, overOrgs, decimals = null } = metric;
  const versions = inForceOf(metric).map(({ version, inForce }): CardVersion => ({
    ...versionLine(version, inForce),
    formula: formulaOfMetric(version),
    counts: version.counts.map((count) => {
      return { kind: count.kind, label: nameOfCount(count), times: count.times ?? '1' };
    }),
    parts: null,
  }));
  const kinds = [...new Set(versions.flatMap(({ counts }) => counts.map(({ kind }) => kind)))];
  const named = kinds.map((kind) => findKind(kind)!.label);
  return {
    key,
    kind: 'metric',
    label: metric.label,
    unit,
    decimals,
    addsUp: { code: addsUp, label: addsUp === 'reported' && !overOrgs ? OF_THE_ORG : ADDS_UP[addsUp] },
    source: {
      entries: label(
        `台账登记：${named.map(({ zh }) => zh).join('、')}`,
        `entries of the ledger: ${named.map(({ en }) => en).join(', ')}`,
      ),
      askedBy: askedBy(key),
    },
    partOf: indicators
      .filter(({ numerator, denominator }) => numerator === key || denominator === key)
      .map((one) => one.key),
    versions,
    ...openQuestions(key),
  };
}

function cardOfIndicator(indicator: IndicatorDefinition, metrics: ReadonlyMap<string, MetricDefinition>): Card {
  const { key, unit, decimals } = indicator;
  const versions = inForceOf(indicator).map(({ version, inForce }): CardVersion => {
    const { numerator, denominator, scale } = version;
    return {
      ...versionLine(version, inForce),
      formula: formulaOfRate(metrics.get(numerator)!.label, metrics.get(denominator)!.label, scale),
      counts: [],
      parts: { numerator, denominator },
    };
  });
  const { numerator, denominator } = indicator;
  const parts = [metrics.get(numerator)!.label, metrics.get(denominator)!.label] as const;
  return {
    key,
    kind: 'indicator',
    label: indicator.label,
    unit,
    decimals,
    addsUp: { code: 'ratio', label: ADDS_UP.ratio },
    source: {
      entries: label(`由指标计算：${parts[0].zh}、${parts[1].zh}`, `from the metrics: ${parts[0].en}, ${parts[1].en}`),
      askedBy: askedBy(key),
    },
    partOf: [],
    versions,
    ...openQuestions(key),
  };
}

function versionLine({ version, madeBy }: MetricDefinition | IndicatorDefinition, { since, until }: InForce) {
  const choice = ALL_SETTINGS.find(({ key }) => key === madeBy?.setting)?.choices.find(
    ({ code }) => code === madeBy?.choice,
  );
  return {
    version,
    name: nameOfVersion(version),
    since: since === '-infinity' ? null : since.slice(0, 7),
    until: until === 'infinity' ? null : until.slice(0, 7),
    madeBy: madeBy && choice ? { ...madeBy, effect: choice.effect } : null,
  };
}

function askedBy(key: string): Label[] {
  const asking = Object.entries(ASKED_FOR) as [keyof typeof REPORTS, readonly string[]][];
  return asking.filter(([, keys]) => keys.includes(key)).map(([report]) => REPORTS[report]);
}

function openQuestions(key: string): Pick<Card, 'setting' | 'assumptions'> {
  const setting = settingOf(key);
  const assumption = (ASSUMPTIONS as Readonly<Record<string, Label | undefined>>)[key];
  return {
    setting: setting
      ? {
          key: setting.key,
          label: setting.label,
          default: setting.choices[0].code,
          choices: setting.choices.map(({ code, label: name, effect }) => ({ code, label: name, effect })),
        }
      : null,
    assumptions: assumption ? [assumption] : [],
  };
}

const OF_THE_ORG = label(
  '取本机构本期最后一次填报；各机构的数不相加',
  'what the org itself reported last in the period; nothing is added',
);

const ADDS_UP: Readonly<Record<AddsUp | 'ratio', Label>> = {
  sum: label('各月相加，各机构相加', 'months add up, orgs add up'),
  distinct: label('各级各期重新数，不相加', 'counted anew at each level and period, never added'),
  stock: label('期末数，各机构相加，时间上取最后', 'at the end of the period; orgs add up, the last month stands'),
  cumulative: label('自建账起累计，各机构相加', 'since the ledger began; orgs add up'),
  reported: label('各机构取本期最后一次填报，再相加', 'what each org reported last in the period, added over orgs'),
  ratio: label('分子分母各自合计后相除，不取平均', 'the parts are summed first, then divided; never a mean of rates'),
};
