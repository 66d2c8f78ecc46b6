import { generateSecret, generateURI, verifySync } from 'otplib';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { readableSecret, sha256 } from './secret-token';
import {
  deleteRecoveryCodes,
  insertRecoveryCodes,
  lockSecondFactor,
  noteTotpStep,
  setTotpSecret,
  useRecoveryCode,
} from './second-factor.queries';

const ISSUER = 'Marrow Ledger';
const RECOVERY_CODES = 10;
/** A telephone's clock may be one step of 30 seconds off. */
const TOLERANCE_SECONDS = 30;

/** Whose second factor it is. */
export interface FactorOwner {
  readonly registryId: number;
  readonly id: string;
}

export class CodeRefused extends DomainError {
  constructor() {
    super(
      'second_factor_refused',
      {
        zh: '验证码不对或已经用过。请等验证器显示下一个再输入，并核对手机时间。',
        en: 'The code is wrong or was used before. Wait for the next one, and check the clock of the telephone.',
      },
      { field: 'code' },
    );
  }
}

/**
 * A new secret for the authenticator; in force once `confirmSecondFactor` has seen a code of it.
 *
 * @throws {DomainError} when one is in force already
 */
export async function enrolSecondFactor(
  manager: EntityManager,
  { registryId, id }: FactorOwner,
  name: string,
): Promise<{ secret: string; uri: string }> {
  const { confirmed } = await lockSecondFactor(manager, registryId, id);
  if (confirmed) {
    throw new DomainError('second_factor_in_force', {
      zh: '两步验证已经开启。要换手机，请先停用，再重新开启。',
      en: 'A second factor is in force. To change the telephone, take it off first, then enrol again.',
    });
  }
  const secret = generateSecret();
  await setTotpSecret(manager, registryId, id, secret);
  return { secret, uri: generateURI({ issuer: ISSUER, label: name, secret }) };
}

/** @returns the recovery codes, never shown again @throws {CodeRefused} and nothing is in force */
export async function confirmSecondFactor(
  manager: EntityManager,
  owner: FactorOwner,
  code: unknown,
): Promise<string[]> {
  const { registryId, id } = owner;
  if (!(await isNextCode(manager, owner, code))) throw new CodeRefused();
  const codes = Array.from({ length: RECOVERY_CODES }, readableSecret);
  await deleteRecoveryCodes(manager, registryId, id);
  await insertRecoveryCodes(manager, registryId, id, codes.map(hashOf));
  return codes;
}

export async function removeSecondFactor(manager: EntityManager, { registryId, id }: FactorOwner): Promise<void> {
  await setTotpSecret(manager, registryId, id, null);
  await deleteRecoveryCodes(manager, registryId, id);
}

/** Takes a code of the authenticator, or a recovery code, once. @throws {CodeRefused} */
export async function takeCode(manager: EntityManager, owner: FactorOwner, code: string): Promise<void> {
  if (await isNextCode(manager, owner, code)) return;
  if (await useRecoveryCode(manager, owner.registryId, owner.id, hashOf(code))) return;
  throw new CodeRefused();
}

async function isNextCode(manager: EntityManager, { registryId, id }: FactorOwner, code: unknown): Promise<boolean> {
  const { secret, lastStep } = await lockSecondFactor(manager, registryId, id);
  const token = typeof code === 'string' ? code.replace(/\s/g, '') : '';
  if (secret === null || !/^\d{6}$/.test(token)) return false;
  const afterTimeStep = lastStep === null ? undefined : Number(lastStep);
  const result = verifySync({ secret, token, epochTolerance: TOLERANCE_SECONDS, afterTimeStep });
  if (!result.valid || !('timeStep' in result)) return false;
  await noteTotpStep(manager, registryId, id, result.timeStep);
  return true;
}

function hashOf(code: string): Buffer {
  return sha256(code.toLowerCase().replace(/[\s-]/g, ''));
}
