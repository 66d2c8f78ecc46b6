import { queryOptions } from '@tanstack/react-query';
import type { Label } from '../../../../libs/catalogue/label';
import { read } from './request';

export interface Choice {
  code: string;
  label: Label;
  effect: Label;
  /** The keys of the figures that mean something else by it. */
  changes: string[];
}

export interface RecordedChoice {
  number: number;
  choice: string;
  /** The first month that it holds for. */
  since: string;
  reason: string;
  recordedAt: string;
  recordedBy: string;
}

export interface Setting {
  key: string;
  label: Label;
  choices: Choice[];
  default: string;
  timeline: { number: number; choice: string; since: string }[];
  history: RecordedChoice[];
}

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => read<{ settings: Setting[]; firstOpen: string }>('/settings', {}, signal),
});
