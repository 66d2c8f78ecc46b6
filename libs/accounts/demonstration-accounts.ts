import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { findAccount, insertAccount, insertAccountSecret } from './accounts.queries';
import { hashPassword } from './password';
import type { RoleCode } from './roles';

/** An account whose password everybody may know. */
export interface DemonstrationAccount {
  readonly name: string;
  readonly displayName: string;
  readonly role: RoleCode;
  readonly password: string;
  /** In the first city instead of the whole registry. */
  readonly inCity: boolean;
}

function demonstrationAccount(role: RoleCode, displayName: string, inCity = false): DemonstrationAccount {
  return { name: `demo-${role}`, displayName, role, password: `shifan-${role}-2024`, inCity };
}

/** One for each role. Refused wherever `DATABASE_URL` is set. */
export const DEMONSTRATION_ACCOUNTS: readonly DemonstrationAccount[] = [
  demonstrationAccount('clerk', '登记员（演示）', true),
  demonstrationAccount('reviewer', '审核员（演示）'),
  demonstrationAccount('officer', '绩效专员（演示）'),
  demonstrationAccount('auditor', '审计员（演示）'),
  demonstrationAccount('administrator', '管理员（演示）'),
];

/** Makes those that are missing; safe to call twice, and for a demonstration that an older version loaded. */
export async function ensureDemonstrationAccounts(
  source: DataSource,
  registryId: number,
  orgs: { readonly root: string; readonly city: string },
): Promise<void> {
  for (const { name, displayName, role, password, inCity } of DEMONSTRATION_ACCOUNTS) {
    if (await findAccount(source.manager, registryId, { name })) continue;
    const passwordHash = await hashPassword(password);
    const [id, org] = [randomUUID(), inCity ? orgs.city : orgs.root];
    const account = { registryId, id, name, displayName, role, org, demonstration: true, createdBy: 'demonstration' };
    await source.transaction(async (manager) => {
      if (!(await insertAccount(manager, account))) return;
      await insertAccountSecret(manager, { registryId, accountId: id, passwordHash }, false);
    });
  }
}
