import { queryOptions } from '@tanstack/react-query';
import type { RulePack } from '../../../../libs/assessment/rule-packs';
import { read } from './request';

export interface ShownPack {
  rules: RulePack;
  /** Made by the office. */
  own: boolean;
  recordedBy: string | null;
  recordedAt: string | null;
}

export interface TemplateState {
  form: string;
  /** Nothing: the one that comes with the program. */
  own: { version: number; name: string; by: string; at: string } | null;
}

/** Those of the program, then every version of the office's own. */
export const packsQuery = queryOptions({
  queryKey: ['rules', 'packs'],
  queryFn: ({ signal }) => read<{ packs: ShownPack[] }>('/rule-packs', {}, signal),
});

export const templatesQuery = queryOptions({
  queryKey: ['rules', 'templates'],
  queryFn: ({ signal }) => read<TemplateState[]>('/report-templates', {}, signal),
});
