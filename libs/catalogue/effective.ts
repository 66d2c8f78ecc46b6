import type { IndicatorDefinition } from './indicator-definition';
import { INDICATORS } from './indicators';
import type { MetricDefinition } from './metric-definition';
import { METRICS } from './metrics';
import { ALL_SETTINGS, settingOf, type ChoiceOfSetting } from './settings';
import { versionAt, versionsOf, type Versioned } from './versions';

/** A choice as a registry made it. */
export interface Chosen {
  /** Its place in the order of choosing, from 1. */
  readonly number: number;
  readonly key: string;
  readonly choice: string;
  /** The month from which it holds, `YYYY-MM`. */
  readonly since: string;
}

/** The definitions as they are for one registry. */
export interface Definitions {
  /** The number of the last choice that is in them; 0 without any. */
  readonly settings: number;
  readonly metrics: readonly MetricDefinition[];
  readonly indicators: readonly IndicatorDefinition[];
}

/** So many choices a registry can make before the numbers of versions would meet. */
const CHOICES = 1000;

/**
 * The definitions of the program with what a registry chose: each choice makes a version of what it touches, from its
 * month on and until the next choice begins. Of two choices that begin in one month the later one holds.
 *
 * A version made by a choice is numbered by the program's version and the choice (1002: version 1 by choice 2), so that
 * no number ever comes to mean something else.
 */
export function effectiveDefinitions(chosen: readonly Chosen[]): Definitions {
  const made = chosen.filter(({ key, choice }) => findChoice(key, choice) !== undefined);
  return {
    settings: Math.max(0, ...chosen.map(({ number }) => number)),
    metrics: METRICS.map((metric) => withChoices(metric, made, (choice) => choice.metrics?.[metric.key])),
    indicators: INDICATORS.map((indicator) =>
      withChoices<IndicatorDefinition>(indicator, made, (choice) => choice.indicators?.[indicator.key]),
    ),
  };
}

export function findChoice(key: string, code: string): ChoiceOfSetting | undefined {
  return ALL_SETTINGS.find((one) => one.key === key)?.choices.find((choice) => choice.code === code);
}

/** What is chosen of a setting, month by month: each choice until the next one begins, the oldest first. */
export function timelineOf(key: string, chosen: readonly Chosen[]): Chosen[] {
  const bySince = new Map<string, Chosen>();
  for (const one of chosen.filter((each) => each.key === key).sort((a, b) => a.number - b.number)) {
    bySince.set(one.since, one);
  }
  return [...bySince.values()].sort((a, b) => (a.since < b.since ? -1 : 1));
}

function withChoices<Definition extends Versioned<object> & { readonly key: string }>(
  definition: Definition,
  chosen: readonly Chosen[],
  meaningOf: (choice: ChoiceOfSetting) => object | undefined,
): Definition {
  const setting = settingOf(definition.key);
  const timeline = setting ? timelineOf(setting.key, chosen) : [];
  if (timeline.length === 0) return definition;
  const shipped = versionsOf(definition);
  const months = [...new Set([...shipped, ...timeline].map(({ since }) => since))].sort();
  const versions = months.map((since) => {
    const brought = versionAt(definition, since);
    const choice = timeline.findLast((one) => one.since <= since);
    if (!choice) return { ...brought, since };
    return {
      ...brought,
      ...meaningOf(findChoice(choice.key, choice.choice)!),
      since,
      version: brought.version * CHOICES + choice.number,
      madeBy: { setting: choice.key, choice: choice.choice },
    };
  });
  return { ...versions.at(-1)!, earlier: versions.slice(0, -1) };
}

/** A version's number as people read it: `1`, or `1.2` for version 1 by a registry's second choice. */
export function nameOfVersion(version: number): string {
  return version < CHOICES ? String(version) : `${Math.floor(version / CHOICES)}.${version % CHOICES}`;
}
