import { queryOptions } from '@tanstack/react-query';
import type { Sentence } from '../../../../libs/core/domain-error';
import { keepSignedIn } from '../begin/early';
import { Problem, read } from './request';

export interface Session {
  name: string;
  displayName: string;
  role: { code: string; label: Sentence };
  org: string;
  permissions: string[];
  demonstration: boolean;
  totp: boolean;
  /** What has to be done before anything else. */
  pending: 'password' | 'second_factor' | null;
}

export interface DemonstrationAccount {
  name: string;
  displayName: string;
  password: string;
  role: { code: string; label: Sentence };
}

/** Nothing while nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    const session = await read<Session | undefined>('/session', {}, signal);
    // Who has still to choose a password or a second factor is refused everything else.
    keepSignedIn(session?.pending === null, session?.permissions.includes('figures.read') ?? false);
    return session ?? null;
  },
  staleTime: Infinity,
});

export const demonstrationQuery = queryOptions({
  queryKey: ['demonstration'],
  queryFn: ({ signal }) => read<{ accounts: DemonstrationAccount[] }>('/session/demonstration', {}, signal),
  staleTime: Infinity,
});

export const setUpQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => read<{ need: 'registry' | 'administrator' | null; signOn: boolean }>('/setup', {}, signal),
});

export function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.code === 'sign_in_needed';
}
