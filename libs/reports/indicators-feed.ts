import type { DataSource } from 'typeorm';
import { countWaitingWork } from '../indicators/as-of.queries';
import { findOrgs } from '../indicators/orgs.queries';
import { readIndicatorValues, readMetricValues, type Value, type ValueQuestion } from '../indicators/values';
import { findStandingSeal, type Seal } from '../ledger/seals';

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
  /** False while entries or choices wait to be computed that may move its figures. */
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
 * Read in one moment: by scope, metrics before indicators, in the order of the catalogue. Of a sealed period it is the
 * same at any time.
 *
 * @throws {DomainError} when the period or the org cannot be read
 */
export function readIndicatorsFeed(source: DataSource, question: Question): Promise<IndicatorsFeed> {
  const { registryId, period, org, by } = question;
  return source.transaction('REPEATABLE READ', async (manager) => {
    const seal = await findStandingSeal(manager, registryId, period);
    const figuresOf = async (asked: ValueQuestion): Promise<FeedFigure[]> => [
      ...(await readMetricValues({ manager }, asked)).map((value) => figureOf('metric', value, seal)),
      ...(await readIndicatorValues({ manager }, asked)).map((value) => figureOf('indicator', value, seal)),
    ];
    const whole = await figuresOf({ registryId, period, org });
    const parts = by === null ? [] : await figuresOf({ registryId, period, org, by });
    // An org that was added since has nothing to do with what was sealed.
    const orgs = seal && new Set((await findOrgs(manager, registryId, seal.position)).map((one) => one.org));
    return {
      feed: 'indicators',
      period,
      org,
      by,
      // What waits is posted to open months.
      upToDate: seal !== undefined || (await countWaitingWork(manager, registryId)) === 0,
      sealed: seal !== undefined,
      seal: seal ? { number: seal.number, position: seal.position, hash: seal.hash } : null,
      figures: [...whole, ...parts.filter((one) => orgs?.has(one.org) ?? true)],
    };
  });
}

/** A sealed one stands where it was sealed: a rebuild computes it again, which changes no byte of the feed. */
function figureOf(kind: FeedFigure['kind'], of: Value, seal: Seal | undefined): FeedFigure {
  const { key, org, own, state, value, numerator, denominator, unit, version, reported } = of;
  const position = of.position && (seal?.position ?? of.position);
  return { kind, key, org, own, state, value, numerator, denominator, unit, version, reported, position };
}
