import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { IndicatorDefinition } from '../../../../libs/catalogue/indicator-definition';
import type { MetricDefinition } from '../../../../libs/catalogue/metric-definition';
import { parsePeriod, yearBefore } from '../../../../libs/core/period';
import type { Target, Value } from '../api/answers';
import { targetsQuery } from '../api/queries';
import { progressQuery, runningQuery, type Comparison, type Progress, type TargetProgress } from '../api/targets';
import { useFigures, type Figures } from '../figures/use-figures';
import { useView } from '../view';

export type Group = 'targets' | 'core' | 'other';

/** A figure with all that the table says of it. */
export interface Row {
  key: string;
  definition: MetricDefinition | IndicatorDefinition;
  group: Group;
  value: Value | undefined;
  target: Target | undefined;
  /** Nothing while it is read, and without a target. */
  progress: TargetProgress | undefined;
}

export interface Rows {
  rows: readonly Row[];
  figures: Figures;
  /** Nothing while it is read. */
  progress: Progress | undefined;
  /** Whether all days of the period are counted. */
  over: boolean;
}

/** What the registry itself is about; the rest are the office's. */
const CORE = ['registry', 'retention', 'match', 'workup', 'donation', 'rate'];

export function useRows(): Rows {
  const { period, org, metrics, indicators, status } = useView();
  const figures = useFigures({ period, org });
  const { data: targets } = useQuery(targetsQuery({ period, org }));
  const { data: progress } = useQuery({ ...progressQuery({ period, org }), enabled: (targets?.length ?? 0) > 0 });
  const rows = useMemo(
    () =>
      [...metrics.values(), ...indicators.values()].map((definition): Row => {
        const { key } = definition;
        const target = targets?.find((one) => one.key === key);
        const group = target ? 'targets' : CORE.includes(key.split('.')[0] ?? '') ? 'core' : 'other';
        const told = progress?.targets.find((one) => one.target.key === key);
        return { key, definition, group, value: figures.find(key), target, progress: told };
      }),
    [metrics, indicators, targets, progress, figures],
  );
  const over = progress
    ? progress.daysPassed >= progress.days
    : (status.latestMonth ?? '') >= parsePeriod(period).lastMonth;
  return { rows, figures, progress, over };
}

const AT_ONCE = 50;

/** The figures of the same months of last year; of a period that is over its whole counterpart. */
export function useBefore(
  keys: readonly string[],
  over: boolean,
): (key: string) => Value | Comparison['before'] | undefined {
  const { period, org, status } = useView();
  const asked = parsePeriod(period);
  const whole = useFigures({ period: yearBefore(asked).code, org }, over ? keys : []);
  const last = [asked.lastMonth, status.latestMonth ?? asked.lastMonth].sort()[0] ?? asked.lastMonth;
  const range = `${asked.firstMonth}..${last}`;
  const begun = last >= asked.firstMonth;
  const chunks = Array.from({ length: Math.ceil(keys.length / AT_ONCE) }, (_, at) =>
    keys.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  const running = useQueries({
    queries: (over || !begun ? [] : chunks).map((chunk) => runningQuery({ period: range, org }, chunk)),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
  return (key) => (over ? whole.find(key) : running.find(({ before }) => before.key === key)?.before);
}
