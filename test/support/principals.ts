import type { DataSource } from 'typeorm';
import { findAccount, findOrgCodesBelow } from '../../libs/accounts/accounts.queries';
import type { Principal } from '../../libs/accounts/principal';
import { permissionsOf } from '../../libs/accounts/roles';
import type { TestAccount } from './signed-in';

/** Who the account is when it asks. */
export async function principalOf(source: DataSource, { registryId, id }: TestAccount): Promise<Principal> {
  const account = await findAccount(source.manager, registryId, { id });
  if (!account) throw new Error('the account was made');
  const { name, role, org } = account;
  const orgs = new Set(await findOrgCodesBelow(source.manager, registryId, org));
  const permissions = permissionsOf(role);
  return { registryId, accountId: id, name, role, permissions, org, orgs, via: 'session', address: null };
}
