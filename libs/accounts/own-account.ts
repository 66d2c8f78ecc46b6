import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { revokeAccessTokensOf } from './access-tokens.queries';
import { refusePublished } from './accounts';
import { setPasswordHash } from './accounts.queries';
import { actOf } from './act-of';
import { recordAct } from './audit';
import { clearAttempts, countAttempt } from './lock-out';
import { checkPassword, hashPassword, isPassword } from './password';
import { accountIdOf, type Principal } from './principal';
import { confirmSecondFactor, enrolSecondFactor, removeSecondFactor } from './second-factor';
import { endSessionsOf } from './sessions';
import { findProvableAccount } from './sign-in.queries';

/**
 * A new password for oneself. All other sessions end, and all access tokens: whoever knew the old one may have made some.
 *
 * @param session the token of the session that goes on
 * @throws {DomainError} when the present password is wrong, or the new one cannot be used
 */
export async function changePassword(
  source: DataSource,
  principal: Principal,
  input: { readonly current?: unknown; readonly password?: unknown },
  session: string | undefined,
): Promise<void> {
  const { registryId } = principal;
  const id = accountIdOf(principal);
  await provePassword(source, principal, 'current', input.current);
  const password = checkPassword(input.password, principal);
  if (password === input.current) {
    throw new DomainError(
      'password_unchanged',
      { zh: '新密码不能和原来的一样。', en: 'The new password must be another one.' },
      { field: 'password' },
    );
  }
  const passwordHash = await hashPassword(password);
  await source.transaction(async (manager) => {
    await setPasswordHash(manager, { registryId, accountId: id, passwordHash }, false);
    await endSessionsOf(manager, { registryId, id }, session);
    const tokens = await revokeAccessTokensOf(manager, registryId, id);
    await recordAct(manager, actOf(principal, 'account.password', id, { tokens }));
  });
}

/** @throws {DomainError} when a second factor is in force already */
export async function enrolOwnSecondFactor(
  source: DataSource,
  principal: Principal,
): Promise<{ secret: string; uri: string }> {
  const owner = ownerOf(principal);
  refusePublished(await findProvableAccount(source.manager, owner.registryId, owner.id));
  return source.transaction(async (manager) => {
    const enrolled = await enrolSecondFactor(manager, owner, principal.name);
    await recordAct(manager, actOf(principal, 'second_factor.enrol', owner.id));
    return enrolled;
  });
}

/** @returns the recovery codes, never shown again @throws {DomainError} when the code is wrong */
export function confirmOwnSecondFactor(source: DataSource, principal: Principal, code: unknown): Promise<string[]> {
  const owner = ownerOf(principal);
  return source.transaction(async (manager) => {
    const codes = await confirmSecondFactor(manager, owner, code);
    await recordAct(manager, actOf(principal, 'second_factor.begin', owner.id));
    return codes;
  });
}

/** @throws {DomainError} when the password is wrong */
export async function removeOwnSecondFactor(
  source: DataSource,
  principal: Principal,
  password: unknown,
): Promise<void> {
  const owner = ownerOf(principal);
  await provePassword(source, principal, 'password', password);
  await source.transaction(async (manager) => {
    await removeSecondFactor(manager, owner);
    await recordAct(manager, actOf(principal, 'second_factor.end', owner.id));
  });
}

/** Whoever finds an open page guesses no faster than whoever signs in. */
async function provePassword(
  source: DataSource,
  principal: Principal,
  field: string,
  password: unknown,
): Promise<void> {
  const { registryId, name, address } = principal;
  const attempt = { registryId, name, address };
  const account = await findProvableAccount(source.manager, registryId, accountIdOf(principal));
  refusePublished(account);
  await countAttempt(source.manager, attempt);
  if (typeof password !== 'string' || !(await isPassword(password, account?.passwordHash ?? null))) {
    throw new DomainError('password_wrong', { zh: '当前密码不对。', en: 'The present password is wrong.' }, { field });
  }
  await clearAttempts(source.manager, attempt);
}

function ownerOf(principal: Principal): { registryId: number; id: string } {
  return { registryId: principal.registryId, id: accountIdOf(principal) };
}
