import { queryOptions } from '@tanstack/react-query';
import type { Sentence } from '../../../../libs/core/domain-error';
import { read } from './request';

export interface Account {
  id: string;
  name: string;
  displayName: string;
  role: string;
  org: string;
  demonstration: boolean;
  mustChangePassword: boolean;
  totp: boolean;
  disabledAt: string | null;
  lockedUntil: string | null;
  signOnName: string | null;
  signedOn: boolean;
}

export interface Role {
  code: string;
  label: Sentence;
  permissions: string[];
}

/** What each permission is called, by its code. */
export type PermissionLabels = Readonly<Record<string, Sentence>>;

export interface AccessToken {
  id: string;
  name: string;
  permissions: string[];
  createdAt: string;
  endsAt: string;
  usedAt: string | null;
  revokedAt: string | null;
}

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) =>
    read<{ accounts: Account[]; roles: Role[]; labels: PermissionLabels }>('/accounts', {}, signal),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) =>
    read<{ tokens: AccessToken[]; permissions: string[]; labels: PermissionLabels }>('/tokens', {}, signal),
});
