import { queryOptions } from '@tanstack/react-query';
import type { Card, CardVersion } from '../../../../libs/catalogue/card';
import type { CardComparison } from '../../../../libs/catalogue/card-comparison';
import type { Sentence } from '../../../../libs/core/domain-error';
import type { FigureState, Target } from './answers';
import { MOVING } from './queries';
import { read } from './request';

export type { Card, CardComparison, CardVersion };

/** A figure of a range of months. */
export interface RunningValue {
  key: string;
  org: string;
  own: boolean;
  period: string;
  state: FigureState;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unit: string;
}

export interface Comparison {
  now: RunningValue;
  before: RunningValue;
  change: string | null;
  percent: string | null;
  points: string | null;
}

export type PaceState =
  'reached' | 'ahead' | 'on_pace' | 'behind' | 'within' | 'short' | 'exceeded' | 'not_begun' | 'no_data';

export interface Pace {
  state: PaceState;
  elapsed: string;
  achieved: string | null;
  due: string | null;
  sentence: Sentence;
}

export interface Forecast {
  mean: string;
  low80: string;
  high80: string;
  low95: string;
  high95: string;
  method: Sentence;
  to: string;
  likelihood: { percent: string; words: Sentence; warning: boolean };
}

export interface TargetRow extends Target {
  version: number;
  reason: string | null;
  recordedAt: string;
  recordedBy: string;
}

export interface TargetProgress {
  target: TargetRow;
  unit: string;
  actual: Comparison;
  pace: Pace;
  forecast: Forecast | { because: Sentence };
}

export interface Progress {
  months: string | null;
  countedTo: string | null;
  days: number;
  daysPassed: number;
  targets: TargetProgress[];
}

/** One time that a target was set; without operator and value where it was withdrawn. */
export interface TargetVersion extends Omit<TargetRow, 'operator' | 'value'> {
  operator: Target['operator'] | null;
  value: string | null;
}

export interface StandingSplit {
  whole: TargetRow;
  parts: TargetRow[];
  /** Null of what does not add up over orgs. */
  partsTotal: string | null;
  remainder: string | null;
}

export type SplitWay = 'last_year' | 'equal' | 'given';

export interface ProposedSplit {
  whole: TargetRow;
  by: SplitWay | 'as_it_is';
  parts: { org: string; share: string | null; value: string; standing: TargetRow | null }[];
  partsTotal: string | null;
  remainder: string | null;
}

export interface TargetPlace {
  org: string;
  period: string;
  key: string;
}

export function progressQuery(scope: { period: string; org: string }) {
  return queryOptions({
    queryKey: [MOVING, 'targets', 'progress', scope],
    queryFn: ({ signal }) => read<Progress>('/targets/progress', scope, signal),
  });
}

export function targetHistoryQuery(place: TargetPlace) {
  return queryOptions({
    queryKey: [MOVING, 'targets', 'history', place],
    queryFn: async ({ signal }) =>
      (await read<{ versions: TargetVersion[] }>('/targets/history', { ...place }, signal)).versions,
  });
}

export function splitQuery(place: TargetPlace) {
  return queryOptions({
    queryKey: [MOVING, 'targets', 'split', place],
    queryFn: ({ signal }) => read<StandingSplit>('/targets/split', { ...place }, signal),
  });
}

/** Figures of a range of months beside those of the same months a year earlier; at most fifty. */
export function runningQuery(scope: { period: string; org: string }, keys: readonly string[]) {
  return queryOptions({
    queryKey: [MOVING, 'running', scope, keys],
    queryFn: async ({ signal }) =>
      (await read<{ values: Comparison[] }>('/metrics/running', { ...scope, keys: keys.join(',') }, signal)).values,
  });
}

export function cardQuery(key: string) {
  return queryOptions({
    queryKey: ['catalogue', 'card', key],
    queryFn: ({ signal }) => read<Card>(`/catalogue/cards/${key}`, {}, signal),
  });
}

export function cardComparisonQuery(key: string, from: number, to: number) {
  return queryOptions({
    queryKey: ['catalogue', 'card', key, from, to],
    queryFn: ({ signal }) => read<CardComparison>(`/catalogue/cards/${key}`, { compare: `${from},${to}` }, signal),
  });
}
