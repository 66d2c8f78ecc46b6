import type { DataSource } from 'typeorm';
import { countWaitingWork } from '../indicators/as-of.queries';
import { readIndicatorValues, readMetricValues, type Value, type ValueQuestion } from '../indicators/values';
import { findStandingSeal } from '../ledger/seals';

/** A figure as the feed gives it: without the time at which it was computed, which a rebuild changes alone. */
export type FeedFigure = { readonly kind: 'metric' | 'indicator' } & Pick<
  Value,
  'key' | 'org' | 'own' | 'state' | 'value' | 'numerator' | 'denominator' | 'unit' | 'version' | 'reported' | 'position'
>;

/** All figures of a period, for programs. */
export interface IndicatorsFeed {
  readonly feed: 'indicators';
  readonly period: string;
  readonly org: string;
  readonly by: 'org' | null;
  /** False while entries or choices wait to be computed. */
  readonly upToDate: boolean;
  readonly sealed: boolean;
  /** What the figures were closed with; null while the period is open. */
  readonly seal: { readonly number: number; readonly position: string; readonly hash: string } | null;
  readonly figures: readonly FeedFigure[];
}

interface Question {
  readonly registryId: number;
  readonly period: string;
  readonly org: string;
  /** Also the org's own entries alone, and each org below it. */
  readonly by: 'org' | null;
}

/**
 * Read in one moment: by scope, metrics before indicators, in the order of the catalogue.
 *
 * @throws {DomainError} when the period or the org cannot be read
 */
export function readIndicatorsFeed(source: DataSource, question: Question): Promise<IndicatorsFeed> {
  const { registryId, period, org, by } = question;
  return source.transaction('REPEATABLE READ', async (manager) => {
    const figuresOf = async (asked: ValueQuestion): Promise<FeedFigure[]> => [
      ...(await readMetricValues({ manager }, asked)).map((value) => figureOf('metric', value)),
      ...(await readIndicatorValues({ manager }, asked)).map((value) => figureOf('indicator', value)),
    ];
    const whole = await figuresOf({ registryId, period, org });
    const parts = by === null ? [] : await figuresOf({ registryId, period, org, by });
    const seal = await findStandingSeal(manager, registryId, period);
    return {
      feed: 'indicators',
      period,
      org,
      by,
      upToDate: (await countWaitingWork(manager, registryId)) === 0,
      sealed: seal !== undefined,
      seal: seal ? { number: seal.number, position: seal.position, hash: seal.hash } : null,
      figures: [...whole, ...parts],
    };
  });
}

function figureOf(kind: FeedFigure['kind'], value: Value): FeedFigure {
  const { key, org, own, state, numerator, denominator, unit, version, reported, position } = value;
  return { kind, key, org, own, state, value: value.value, numerator, denominator, unit, version, reported, position };
}
