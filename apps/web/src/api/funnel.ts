import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AgeBand } from '../../../../libs/catalogue/age-bands';
import type { BridgeTermKey } from '../../../../libs/catalogue/bridge-terms';
import type { Label } from '../../../../libs/catalogue/label';
import type { MilestoneDefinition } from '../../../../libs/catalogue/milestones';
import type { StageKey } from '../../../../libs/catalogue/stages';
import type { Value } from './answers';
import { MOVING } from './queries';
import { read, type Query } from './request';

export interface FunnelScope {
  period: string;
  org: string;
}

export interface PeriodStage {
  stage: StageKey;
  requested: Value | null;
  succeeded: Value;
  rate: Value | null;
  fromBefore: { numerator: string; denominator: string; value: string } | null;
}

export interface Share {
  numerator: number;
  denominator: number;
  value: string | null;
}

export interface Loss {
  how: string;
  side: string | null;
  reason: string | null;
  cases: number;
}

export interface CohortStage {
  stage: StageKey;
  reached: number;
  passed: number;
  open: number;
  lost: number;
  waiting: number;
  lostAfter: number;
  held: number;
  losses: (Loss & { after: boolean })[];
  fromBefore: Share;
  success: Share;
  windows: (Share & { days: number; censored: number })[];
}

export interface Cohort {
  cases: number;
  stages: CohortStage[];
}

export interface Bridge {
  stage: StageKey;
  after: StageKey;
  /** Of the metric that is explained. */
  key: string;
  requested: string | null;
  terms: { term: BridgeTermKey; label: Label; entries: number; value: string }[];
  losses: Loss[];
}

export interface TimeFigure {
  org: string;
  own: boolean;
  month: string | null;
  pairs: number;
  paused: number;
  median: string | null;
  p90: string | null;
  medianWithoutPauses: string | null;
  p90WithoutPauses: string | null;
  open: number | null;
}

export interface Times {
  day: string;
  times: TimeFigure[];
}

export interface Ageing {
  day: string;
  bands: AgeBand[];
  milestones: MilestoneDefinition[];
  ages: { milestone: string; band: string; cases: number; held: number }[];
}

export interface CityRate {
  org: string | null;
  own: boolean;
  cases: number;
  censored: number;
  total: number;
  hits: number;
  rate: string | null;
  interval: { lower: string; upper: string } | null;
  funnel?: {
    limits95: { lower: string; upper: string };
    limits998: { lower: string; upper: string };
    outside: 'within' | 'above_95' | 'above_998' | 'below_95' | 'below_998';
  } | null;
}

export interface Cities {
  window: number | null;
  whole: CityRate;
  cities: (CityRate & { org: string })[];
  losses: { org: string; own: boolean; side: 'donor' | 'patient'; reason: string | null; cases: number }[];
}

export interface Contribution {
  org: string;
  own: boolean;
  now: string | null;
  before: string | null;
  points: string | null;
}

export interface Contributions {
  unit: string;
  before: string;
  whole: Contribution;
  growth: string | null;
  missing: string | null;
  rounding: string | null;
  contributions: Contribution[];
}

/** A row of any list of cases: each list tells some of it. */
export interface CaseRow {
  /** Of a list of entries. */
  id?: string;
  kind?: string;
  occurredOn?: string;
  postedMonth?: string;
  contribution?: string;
  endedOn?: string | null;
  caseCode: string | null;
  donorCode: string | null;
  org: string;
  firstRequestedOn?: string;
  requestedOn?: string;
  beganOn?: string | null;
  reachedOn?: string | null;
  since?: string;
  days?: number;
  pausedDays?: number;
  milestone?: string;
  held?: boolean;
  reached?: StageKey;
  passedIt?: boolean;
  state?: 'open' | 'lost' | 'donated';
  lostOn?: string | null;
  how?: string | null;
  side?: string | null;
  reason?: string | null;
}

interface CasePage {
  cases?: CaseRow[];
  entries?: CaseRow[];
  next: string | null;
}

function ask<Answer>(path: string, query: Query) {
  return queryOptions({
    queryKey: [MOVING, path, query],
    queryFn: ({ signal }) => read<Answer>(path, query, signal),
  });
}

export const periodFunnelQuery = (scope: FunnelScope) => ask<{ stages: PeriodStage[] }>('/funnel', { ...scope });
export const cohortQuery = (scope: FunnelScope) => ask<Cohort>('/funnel', { ...scope, by: 'cohort' });
export const bridgeQuery = (scope: FunnelScope & { stage: string }) => ask<Bridge>('/funnel/bridge', { ...scope });
export const timesQuery = (scope: FunnelScope & { from: string; to: string; by?: 'month' | 'org' }) =>
  ask<Times>('/funnel/times', { ...scope });
export const ageingQuery = (scope: { org: string; day?: string }) => ask<Ageing>('/funnel/ageing', { ...scope });
export const citiesQuery = (scope: FunnelScope & { from: string; to: string; window: string }) =>
  ask<Cities>('/funnel/cities', { ...scope });
export const contributionsQuery = (scope: FunnelScope & { key: string }) =>
  ask<Contributions>('/funnel/contributions', { ...scope });

/** A list of cases, at the path of its numbers. */
export function casesQuery(path: string, query: Query) {
  return infiniteQueryOptions({
    queryKey: [MOVING, path, query],
    queryFn: ({ signal, pageParam }) => read<CasePage>(path, { ...query, after: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
