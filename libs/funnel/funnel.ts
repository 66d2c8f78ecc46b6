import type { DataSource } from 'typeorm';
import type { IndicatorKey } from '../catalogue/indicators';
import type { Label } from '../catalogue/label';
import type { MetricKey } from '../catalogue/metrics';
import { STAGES, type StageKey } from '../catalogue/stages';
import { decimal, round } from '../core/decimal';
import { asOf } from './as-of';
import { readIndicatorValues, readMetricValues, type Value, type ValueSource } from '../indicators/values';

/** A stage of a period, as the forms print it. Of what comes after another more may be asked than passed before. */
export interface PeriodStage {
  readonly stage: StageKey;
  readonly label: Label;
  /** Null of a stage that no figure says the requests of. */
  readonly requested: Value | null;
  readonly succeeded: Value;
  readonly rate: Value | null;
  /** What was asked here of what passed the stage before in the same period, in percent; it may exceed 100. */
  readonly fromBefore: { readonly numerator: string; readonly denominator: string; readonly value: string } | null;
}

export interface PeriodFunnel {
  readonly period: string;
  readonly org: string;
  readonly own: boolean;
  readonly stages: readonly PeriodStage[];
}

const METRIC_KEYS: readonly MetricKey[] = STAGES.flatMap(({ requested, succeeded }) =>
  requested ? [requested, succeeded] : [succeeded],
);
const RATE_KEYS: readonly IndicatorKey[] = STAGES.flatMap(({ rate }) => rate ?? []);

export interface PeriodFunnelQuestion {
  readonly registryId: number;
  readonly period: string;
  readonly org: string;
  readonly own?: boolean;
  /** A date, a time, a seal or a position of the ledger at which the figures are to stand; today's unless said. */
  readonly asOf?: string;
}

/**
 * The funnel of a period: the figures as they stand at one moment, by posted month.
 *
 * @throws {DomainError} when the period or the org cannot be read
 */
export function readPeriodFunnel(source: DataSource, question: PeriodFunnelQuestion): Promise<PeriodFunnel> {
  return source.transaction('REPEATABLE READ', (manager) => readWithin({ manager }, question));
}

async function readWithin(source: ValueSource, { asOf: asked, ...scope }: PeriodFunnelQuestion): Promise<PeriodFunnel> {
  const position = asked === undefined ? undefined : (await asOf(source.manager, scope.registryId, asked)).position;
  const question = { ...scope, position };
  const values = [
    ...(await readMetricValues(source, { ...question, keys: METRIC_KEYS })),
    ...(await readIndicatorValues(source, { ...question, keys: RATE_KEYS })),
  ];
  const known = new Map(values.map((value) => [value.key, value]));
  const find = (key: string): Value => {
    const value = known.get(key);
    if (!value) throw new Error(`no value was read of ${key}`);
    return value;
  };
  const stages = STAGES.map(({ key, label, requested, succeeded, rate }, index): PeriodStage => {
    const before = STAGES[index - 1];
    return {
      stage: key,
      label,
      requested: requested ? find(requested) : null,
      succeeded: find(succeeded),
      rate: rate ? find(rate) : null,
      fromBefore: before ? shareOf(find(requested ?? succeeded), find(before.succeeded)) : null,
    };
  });
  return { period: question.period, org: question.org, own: question.own ?? false, stages };
}

function shareOf({ value: numerator }: Value, { value: denominator }: Value): PeriodStage['fromBefore'] {
  if (numerator === null || denominator === null || decimal(denominator).isZero()) return null;
  return { numerator, denominator, value: round(decimal(numerator).times(100).dividedBy(decimal(denominator)), 2) };
}
