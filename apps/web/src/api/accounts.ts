import { queryOptions } from '@tanstack/react-query';
import type { Permission, RoleCode } from '../../../../libs/accounts/roles';
import type { Sentence } from '../../../../libs/core/domain-error';
import { read } from './request';

export interface Account {
  id: string;
  name: string;
  displayName: string;
  role: RoleCode;
  org: string;
  demonstration: boolean;
  mustChangePassword: boolean;
  totp: boolean;
  disabledAt: string | null;
  signOnName: string | null;
  signedOn: boolean;
}

export interface Role {
  code: RoleCode;
  label: Sentence;
  permissions: Permission[];
}

export interface AccessToken {
  id: string;
  name: string;
  permissions: Permission[];
  createdAt: string;
  endsAt: string;
  usedAt: string | null;
  revokedAt: string | null;
}

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => read<{ accounts: Account[]; roles: Role[] }>('/accounts', {}, signal),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => read<{ tokens: AccessToken[]; permissions: Permission[] }>('/tokens', {}, signal),
});
