import { queryOptions } from '@tanstack/react-query';
import type { EntryInput } from './answers';
import { post, read } from './request';

/** An entry that stands for several of a day. */
export interface DayTally {
  id: string;
  kind: string;
  org: string;
  outcome: string | null;
  quantity: string;
  recordedBy: string;
}

export interface SheetAnswer {
  created: number;
  unchanged: number;
  refused: number;
  results: { row: number; id: string; status: string; problem?: { code: string; detail: string; detailEn?: string } }[];
}

export const SHEET = 'sheet';

export function dayQuery(day: string, org: string) {
  return queryOptions({
    queryKey: [SHEET, day, org],
    queryFn: ({ signal }) => readDay(day, org, signal),
  });
}

/** What stands on a day, asked of the server at once. */
export async function readDay(day: string, org: string, signal?: AbortSignal): Promise<DayTally[]> {
  return (await read<{ tallies: DayTally[] }>('/entries/day', { day, org }, signal)).tallies;
}

export function saveSheet(
  entries: readonly EntryInput[],
  reversals: { justification: string; entries: { id: string; reverses: string }[] } | undefined,
): Promise<SheetAnswer> {
  return post('/entries/sheet', { entries, reversals });
}
