import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { tokenPermissions } from '../../libs/accounts/access-tokens';
import { insertAccessToken } from '../../libs/accounts/access-tokens.queries';
import { findRootOrg, insertAccount, insertAccountSecret } from '../../libs/accounts/accounts.queries';
import { makeToken } from '../../libs/accounts/secret-token';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';

/** A personal access token of a new clerk who may log for the whole registry. */
export async function makeClerkToken({ manager }: DataSource): Promise<string> {
  const { registryId } = DEMONSTRATION_REGISTRY;
  const [id, org] = [randomUUID(), (await findRootOrg(manager, registryId)) ?? ''];
  const name = `bench.${id.slice(0, 8)}`;
  const person = { name, displayName: name, role: 'clerk', org, demonstration: false, createdBy: 'bench' } as const;
  await insertAccount(manager, { registryId, id, ...person });
  await insertAccountSecret(manager, { registryId, accountId: id, passwordHash: null }, false);
  const { token, hash } = makeToken(registryId);
  const permissions = tokenPermissions('clerk');
  await insertAccessToken(manager, { registryId, id: randomUUID(), hash, accountId: id, name, permissions, days: 1 });
  return token;
}
