import type { EntityManager } from 'typeorm';
import { findOrgCodesBelow, findRootOrg } from './accounts.queries';
import type { Principal } from './principal';
import { PERMISSIONS, type Permission } from './roles';

/** Whoever sits at the machine with its command line: the whole registry, and everything. */
export async function machineOwner(manager: EntityManager, registryId: number): Promise<Principal> {
  const org = await findRootOrg(manager, registryId);
  if (org === undefined) throw new Error(`registry ${registryId} has no root org`);
  return {
    registryId,
    accountId: null,
    name: 'cli',
    role: 'administrator',
    permissions: new Set(Object.keys(PERMISSIONS) as Permission[]),
    org,
    orgs: new Set(await findOrgCodesBelow(manager, registryId, org)),
    via: 'cli',
    address: null,
  };
}
