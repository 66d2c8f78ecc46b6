import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { DomainError, type Sentence } from '../core/domain-error';
import { isUuid } from '../core/uuid';
import {
  findAccessTokens,
  findEndOfToken,
  insertAccessToken,
  revokeAccessToken,
  type AccessTokenRow,
} from './access-tokens.queries';
import { recordAct } from './audit';
import { actOf } from './act-of';
import { accountIdOf, type Principal } from './principal';
import { PERMISSIONS, permissionsOf, type Permission, type RoleCode } from './roles';
import { makeToken, readToken } from './secret-token';

const LONGEST_DAYS = 366;
const LONGEST_NAME = 60;

/** What no token can be made for: programs keep neither passwords nor tokens, nor anybody's account. */
const PERSONAL: readonly Permission[] = ['account.read', 'account.own', 'tokens.own', 'accounts.manage'];

/** What a token of the role can be made for. */
export function tokenPermissions(role: RoleCode): Permission[] {
  return [...permissionsOf(role)].filter((permission) => !PERSONAL.includes(permission));
}

/**
 * Makes a token that does what it names, in its maker's name, until its last day.
 *
 * @returns the token itself, which is never shown again, and its id
 * @throws {DomainError} when a field cannot be used
 */
export async function makeAccessToken(
  manager: EntityManager,
  principal: Principal,
  input: { readonly name?: unknown; readonly permissions?: unknown; readonly days?: unknown },
): Promise<{ id: string; token: string }> {
  const { registryId, role } = principal;
  const accountId = accountIdOf(principal);
  const name = typeof input.name === 'string' ? input.name.trim() : '';
  if (name === '' || name.length > LONGEST_NAME) {
    throw wrong(
      'name',
      `请给令牌起个名字，最多 ${LONGEST_NAME} 个字。`,
      `Name the token, in at most ${LONGEST_NAME} characters.`,
    );
  }
  const { days } = input;
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 1 || days > LONGEST_DAYS) {
    throw wrong('days', `有效期为 1 到 ${LONGEST_DAYS} 天。`, `It holds for 1 to ${LONGEST_DAYS} days.`);
  }
  const permissions = readPermissions(input.permissions, tokenPermissions(role));
  const { token, hash } = makeToken(registryId);
  const id = randomUUID();
  await insertAccessToken(manager, { registryId, id, hash, accountId, name, permissions, days });
  await recordAct(manager, actOf(principal, 'token.make', id, { permissions, days }));
  return { id, token };
}

export function listAccessTokens(manager: EntityManager, principal: Principal): Promise<AccessTokenRow[]> {
  return findAccessTokens(manager, principal.registryId, accountIdOf(principal));
}

/** At once, and for ever; safe to call twice. @throws {DomainError} when the caller has no such token */
export async function revokeToken(manager: EntityManager, principal: Principal, id: string): Promise<void> {
  if (!isUuid(id) || !(await revokeAccessToken(manager, principal.registryId, accountIdOf(principal), id))) {
    throw new DomainError('token_unknown', { zh: '没有这个令牌。', en: 'There is no such token.' });
  }
  await recordAct(manager, actOf(principal, 'token.revoke', id));
}

/** Since when, and why, a token lets nobody in any more; nothing of one that has not ended, or was never made. */
export async function endOfToken(manager: EntityManager, token: string): Promise<Sentence | undefined> {
  const shown = readToken(token);
  const found = shown && (await findEndOfToken(manager, shown.registryId, shown.hash));
  if (!found) return undefined;
  const { name, at, revoked } = found;
  const time = at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
  return revoked
    ? {
        zh: `访问令牌“${name}”已于 ${time} 撤销。请重新创建一个；修改密码、退出所有设备也会撤销令牌。`,
        en: `The access token "${name}" was revoked on ${time} (Beijing time). Make another; a changed password revokes tokens too, and so does signing out everywhere.`,
      }
    : {
        zh: `访问令牌“${name}”已于 ${time} 到期。请重新创建一个。`,
        en: `The access token "${name}" ended on ${time} (Beijing time). Make another.`,
      };
}

function readPermissions(given: unknown, possible: readonly Permission[]): Permission[] {
  const names = Array.isArray(given) ? [...new Set(given)] : [];
  const chosen = possible.filter((permission) => names.includes(permission));
  if (chosen.length > 0 && chosen.length === names.length) return chosen;
  const list = possible.map((permission) => `${permission}（${PERMISSIONS[permission].zh}）`).join('、');
  throw wrong(
    'permissions',
    `请至少选一项权限，并且不超出自己的：${list}。`,
    `Choose at least one of your own permissions: ${possible.join(', ')}.`,
  );
}

function wrong(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh, en }, { field });
}
