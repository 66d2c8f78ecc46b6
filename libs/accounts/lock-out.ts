import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import {
  forgetAttempts,
  giveAttemptBack,
  subjectOfName,
  sweepAttempts,
  takeAttempt,
  type AttemptRule,
} from './sign-in.queries';

const OF_ACCOUNT: AttemptRule = { free: 5, waitSeconds: 15, longestWaitSeconds: 900 };
/** An office comes from one address, with all its people. */
const OF_ADDRESS: AttemptRule = { free: 30, waitSeconds: 15, longestWaitSeconds: 900 };

/** Who tries to come in: a name, whether anybody has it or not, and from where. */
export interface Attempt {
  readonly registryId: number;
  readonly name: string;
  readonly address: string | null;
}

/** @throws {DomainError} `sign_in_locked` with `retryAfter` in seconds, while the name or the address has to wait */
export async function countAttempt(manager: EntityManager, { registryId, name, address }: Attempt): Promise<void> {
  const waits = [
    address === null ? undefined : await takeAttempt(manager, registryId, ofAddress(address), OF_ADDRESS),
    await takeAttempt(manager, registryId, subjectOfName(name), OF_ACCOUNT),
  ];
  const retryAfter = Math.max(...waits.map((wait) => wait ?? 0));
  if (retryAfter === 0) return;
  throw new DomainError(
    'sign_in_locked',
    {
      zh: `登录失败次数过多，请 ${retryAfter} 秒后再试。忘记密码请找管理员重置。`,
      en: `Too many attempts to sign in. Try again in ${retryAfter} seconds; an administrator can reset the password.`,
    },
    { retryAfter },
  );
}

/** After an attempt that came in. */
export async function clearAttempts(manager: EntityManager, { registryId, name, address }: Attempt): Promise<void> {
  await forgetAttempts(manager, registryId, subjectOfName(name));
  await clearAddress(manager, { registryId, address });
  await sweepAttempts(manager, registryId);
}

/** After an attempt that guessed nothing, though it did not come in: its address has no part in it. */
export async function clearAddress(
  manager: EntityManager,
  { registryId, address }: Pick<Attempt, 'registryId' | 'address'>,
): Promise<void> {
  if (address !== null) await giveAttemptBack(manager, registryId, ofAddress(address), OF_ADDRESS);
}

/** Lets a locked name try again. */
export function unlock(manager: EntityManager, registryId: number, name: string): Promise<void> {
  return forgetAttempts(manager, registryId, subjectOfName(name));
}

function ofAddress(address: string): string {
  return `address ${address}`;
}
