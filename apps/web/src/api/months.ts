import { queryOptions } from '@tanstack/react-query';
import type { Label } from '../../../../libs/catalogue/label';
import { MOVING } from './queries';
import { read } from './request';

/** A month of the ledger, and what was last done about it. */
export interface Month {
  month: string;
  state: 'closed' | 'open' | 'running';
  action: 'close' | 'reopen' | null;
  at: string | null;
  by: string | null;
  reason: string | null;
}

export interface MonthLine extends Month {
  submitting: number;
  submitted: number;
  changed: number;
}

export interface MonthOrg {
  org: string;
  name: Label;
  state: 'submitted' | 'changed' | 'not_submitted';
  submission: { submittedAt: string; submittedBy: string; note: string | null } | null;
  nilReturns: string[];
}

export interface Adjustment {
  id: string;
  org: string;
  kind: string;
  occurredOn: string;
  belongsTo: string;
  quantity: string;
  justification: string | null;
  reverses: string | null;
  recordedAt: string;
  recordedBy: string;
}

export interface Seal {
  period: string;
  number: number;
  sealedAt: string;
  sealedBy: string;
  entries: number | null;
  figures: number;
  hash: string;
}

export interface MonthOverview extends Month {
  orgs: MonthOrg[];
  adjustments: Adjustment[];
  adjusted: number;
  seal: Seal | null;
}

export interface MonthCheck {
  nilReturns: string[];
  outliers: { kind: string; quantity: string; median: string; score: string; months: number }[];
  waiting: { key: string; org: string; waiting: number; overdue: number }[];
  findings: number;
}

export interface ReopenEffect {
  months: string[];
  seals: Seal[];
  figures: number;
  keys: string[];
  /** What is frozen does not move. */
  assessments: { title: Label; period: string; project: string; moves: boolean }[];
}

export const monthsQuery = queryOptions({
  queryKey: [MOVING, 'months'],
  queryFn: async ({ signal }) => (await read<{ months: MonthLine[] }>('/months', {}, signal)).months,
});

export function monthQuery(month: string) {
  return queryOptions({
    queryKey: [MOVING, 'months', month],
    queryFn: ({ signal }) => read<MonthOverview>(`/months/${month}`, {}, signal),
  });
}

export function monthCheckQuery(month: string, org: string) {
  return queryOptions({
    queryKey: [MOVING, 'months', month, 'check', org],
    queryFn: ({ signal }) => read<MonthCheck>(`/months/${month}/check`, { org }, signal),
  });
}

export function reopenEffectQuery(month: string) {
  return queryOptions({
    queryKey: [MOVING, 'months', month, 'reopen-effect'],
    queryFn: ({ signal }) => read<ReopenEffect>(`/months/${month}/reopen-effect`, {}, signal),
  });
}
