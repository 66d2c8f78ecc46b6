import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Label } from '../../../../libs/catalogue/label';
import type { WorklistDefinition } from '../../../../libs/catalogue/worklists';
import type { Value } from './answers';
import { MOVING } from './queries';
import { read } from './request';

export interface Waiting {
  id: string;
  org: string;
  caseCode: string | null;
  donorCode: string | null;
  since: string;
  waitingDays: number;
  step: number;
  dueOn: string;
  overdue: boolean;
  held: boolean;
}

export interface WaitingCount {
  key: string;
  org: string;
  waiting: number;
  overdue: number;
  held: number;
  longestDays: number;
}

export interface Worklists {
  lists: WorklistDefinition[];
  counts: WaitingCount[];
}

export interface Reviews {
  assessments: {
    form: string;
    period: string;
    project: string;
    title: Label;
    state: 'draft' | 'reviewed' | 'approved' | 'frozen';
    makers: string[];
    progress: { actualsDue: number; causesDue: number; reasonsDue: number };
  }[];
}

export interface LinesDue {
  lines: number;
  assessments: {
    org: string;
    form: string;
    period: string;
    project: string;
    title: Label;
    due: { place: string; name: string; what: 'actual' | 'cause' | 'reason' }[];
  }[];
}

export interface ChangedValues {
  since: { position: string; recordedAt: string | null };
  changed: { then: Value; now: Value; difference: string | null }[];
}

/** Ages go on by the day, also when nothing moves. */
const AGES = 60_000;

export function worklistsQuery(org: string) {
  return queryOptions({
    queryKey: [MOVING, 'worklists', org],
    queryFn: ({ signal }) => read<Worklists>('/worklists', { org }, signal),
    staleTime: AGES,
  });
}

export function worklistQuery(key: string, asked: { org: string; overdue?: boolean }) {
  return infiniteQueryOptions({
    queryKey: [MOVING, 'worklists', key, asked],
    queryFn: ({ signal, pageParam }) =>
      read<{ list: WorklistDefinition; waiting: Waiting[]; next: string | null }>(
        `/worklists/${key}`,
        { ...asked, after: pageParam, limit: 50 },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function linesDueQuery(year: string) {
  return queryOptions({
    queryKey: [MOVING, 'assessments', 'due', year],
    queryFn: ({ signal }) => read<LinesDue>('/assessments/due', { year }, signal),
    staleTime: AGES,
  });
}

/** The self-assessments of a year, with their states. */
export function reviewsQuery(year: string) {
  return queryOptions({
    queryKey: [MOVING, 'assessments', 'list', year],
    queryFn: ({ signal }) => read<Reviews>('/assessments', { year }, signal),
    staleTime: AGES,
  });
}

/** Which figures of a period are others than at the end of a day. */
export function changedQuery(scope: { period: string; org: string; since: string; keys: string }) {
  return queryOptions({
    queryKey: [MOVING, 'changed', scope],
    queryFn: ({ signal }) => read<ChangedValues>('/values/changes/summary', { ...scope }, signal),
    staleTime: AGES,
  });
}
