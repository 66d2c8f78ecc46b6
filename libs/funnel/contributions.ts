import type { DataSource } from 'typeorm';
import type { Label } from '../catalogue/label';
import { decimal, round, type Decimal, type DecimalString } from '../core/decimal';
import { DomainError } from '../core/domain-error';
import { parsePeriod, yearBefore } from '../core/period';
import { findLookedAt } from '../indicators/as-of';
import type { LedgerMoment } from '../indicators/as-of.queries';
import { findFirstDay } from '../indicators/registry.queries';
import { KeyUnknown, readMetricValues, type Value } from '../indicators/values';
import { findMetric, runsOn } from '../metrics/feeds';

export interface ContributionsQuestion {
  readonly registryId: number;
  readonly org: string;
  readonly period: string;
  /** Of a metric that adds over orgs. */
  readonly key: string;
  /** A date, a time, a seal or a position of the ledger at which the figures are to stand; today's unless said. */
  readonly asOf?: string;
}

/**
 * A figure of one org, now and a year before; null where nothing was reported, or where the ledger does not hold the
 * whole of that year (R6, R10).
 */
export interface Pair {
  readonly org: string;
  readonly own: boolean;
  readonly now: DecimalString | null;
  readonly before: DecimalString | null;
}

export interface Contribution extends Pair {
  /** Percentage points of the whole's growth that are this org's; null where one of both is missing. */
  readonly points: DecimalString | null;
}

/**
 * What each org adds to the whole's change against the year before, in percentage points with two decimals: the points of
 * all, with those of orgs that miss a figure and what rounding leaves, are the growth.
 */
export interface Growth {
  /** Percent; null where the whole misses one of both, or was nothing. */
  readonly growth: DecimalString | null;
  readonly contributions: readonly Contribution[];
  /** Of orgs that have a figure in one year alone: it is in the whole's, but is no change of theirs. */
  readonly missing: DecimalString | null;
  /** What the rounded parts lack of the rounded growth. */
  readonly rounding: DecimalString | null;
}

export interface Contributions extends Growth {
  readonly asOf: LedgerMoment;
  readonly key: string;
  readonly label: Label;
  readonly unit: string;
  readonly period: string;
  readonly before: string;
  readonly whole: Pair;
}

const ADDITIVE: readonly string[] = ['sum', 'stock', 'cumulative'];

/** @throws {DomainError} when the key is unknown or does not add over orgs, or the period or the moment cannot be read */
export async function readContributions(
  source: DataSource,
  { registryId, org, period, key, asOf: moment }: ContributionsQuestion,
): Promise<Contributions> {
  const metric = findMetric(key);
  if (!metric) throw new KeyUnknown(key);
  if (!ADDITIVE.includes(metric.addsUp)) {
    throw new DomainError(
      'key_not_additive',
      {
        zh: `“${metric.label.zh}”各机构之和不是总数，不能分解增长。请选可以相加的指标。`,
        en: `"${metric.label.en}" does not add over orgs, so its growth has no parts; choose one that does.`,
      },
      { field: 'key' },
    );
  }
  const asked = parsePeriod(period);
  const before = yearBefore(asked).code;
  // Of one moment: what a worker computes between two readings would be growth that no org has.
  const [asOf, nows, befores, [whole], [wholeBefore], firstDay] = await source.transaction(
    'REPEATABLE READ',
    async (manager) => {
      const { asOf: at, position } = await findLookedAt(manager, registryId, moment);
      const of = { registryId, org, keys: [key], position };
      const read = (code: string, by?: 'org') => readMetricValues({ manager }, { ...of, period: code, by });
      return [
        at,
        await read(period, 'org'),
        await read(before, 'org'),
        await read(period),
        await read(before),
        await findFirstDay(manager, registryId),
      ];
    },
  );
  const isWhole = runsOn(metric) || `${parsePeriod(before).firstMonth}-01` >= firstDay;
  const counted = (one: Value | undefined) => (isWhole && one && !one.reported ? one.value : null);
  const known = new Map(befores.map((one) => [`${one.org} ${one.own}`, counted(one)]));
  const pairs = nows.map((one) => pairOf(one, known.get(`${one.org} ${one.own}`) ?? null));
  const all = { org, own: false, now: whole?.value ?? null, before: counted(wholeBefore) };
  return {
    asOf,
    key,
    label: metric.label,
    unit: metric.unit,
    period: asked.code,
    before,
    whole: all,
    ...growthOf(all, pairs),
  };
}

function pairOf({ org, own, value }: Value, before: string | null): Pair {
  return { org, own, now: value, before };
}

/** The parts of a whole's growth. */
export function growthOf(whole: Pick<Pair, 'now' | 'before'>, parts: readonly Pair[]): Growth {
  const base = whole.before === null ? null : decimal(whole.before);
  if (whole.now === null || base === null || base.isZero()) {
    return {
      growth: null,
      missing: null,
      rounding: null,
      contributions: parts.map((one) => ({ ...one, points: null })),
    };
  }
  const share = (change: Decimal) => change.times(100).dividedBy(base.abs());
  const changes = parts.map(({ now, before }) => (now === null || before === null ? null : decimal(now).minus(before)));
  const change = decimal(whole.now).minus(base);
  const told = changes.reduce<Decimal>((sum, one) => sum.plus(one ?? 0), decimal('0'));
  const growth = round(share(change), 2);
  const missing = round(share(change.minus(told)), 2);
  const contributions = parts.map((one, index) => {
    const of = changes[index];
    return { ...one, points: of ? round(share(of), 2) : null };
  });
  const rounded = contributions.reduce<Decimal>((sum, { points }) => sum.plus(points ?? 0), decimal(missing));
  return { growth, contributions, missing, rounding: round(decimal(growth).minus(rounded), 2) };
}
