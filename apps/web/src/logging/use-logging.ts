import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Entry, EntryInput } from '../api/answers';
import { CASES } from '../api/cases';
import { LEDGER } from '../api/ledger';
import { MOVING, statusQuery } from '../api/queries';
import { post, Problem } from '../api/request';

export interface Logged {
  id: string;
  status: 'created' | 'unchanged';
  entry: Entry;
}

interface Correction {
  of: string;
  /** Of the reversal. */
  id: string;
  justification: string;
  replacement: EntryInput;
}

/** The id makes a repeat harmless, so what met no server is sent again by itself. */
const sending = {
  // Without a network one is told so, and does not wait for it.
  networkMode: 'always',
  retry: (count: number, error: Error) => count < 2 && error instanceof Problem && error.code === 'unreachable',
} as const;

export function useLogging() {
  const queries = useQueryClient();
  const settle = () => {
    void queries.invalidateQueries({ queryKey: [MOVING, 'entries'] });
    void queries.invalidateQueries(statusQuery);
    void queries.invalidateQueries({ queryKey: [LEDGER] });
    void queries.invalidateQueries({ queryKey: [CASES] });
  };
  const log = useMutation({
    mutationFn: (input: EntryInput) => post<Logged>('/entries', input),
    ...sending,
    onSuccess: settle,
  });
  const correct = useMutation({
    mutationFn: async ({ of, id, justification, replacement }: Correction): Promise<Logged> => {
      const body = { id, justification, replacement };
      const answer = await post<{ status: Logged['status']; replacement: Entry }>(`/entries/${of}/reversal`, body);
      return { id: answer.replacement.id, status: answer.status, entry: answer.replacement };
    },
    ...sending,
    onSuccess: settle,
  });
  const undo = useMutation({
    mutationFn: ({ entry, id, justification }: { entry: string; id: string; justification: string }) =>
      post(`/entries/${entry}/reversal`, { id, justification }),
    ...sending,
    onSuccess: settle,
  });
  return { log, correct, undo };
}
