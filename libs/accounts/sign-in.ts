import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { foldName } from './account-name';
import { recordAct } from './audit';
import { clearAddress, clearAttempts, countAttempt, type Attempt } from './lock-out';
import { isPassword } from './password';
import { CodeRefused, takeCode } from './second-factor';
import { beginSession } from './sessions';
import { findAccountsNamed, findFirstRegistry, type ProvableAccount } from './sign-in.queries';

export interface SignIn {
  /** A name, or `name@CODE` with the root org of their registry where a database holds several. */
  readonly name: string;
  readonly password: string;
  /** Of the authenticator, or a recovery code. */
  readonly code?: string;
  readonly address: string | null;
}

/** The same for an unknown name, a wrong password and a disabled account. */
export class SignInRefused extends DomainError {
  constructor() {
    super('sign_in_refused', {
      zh: '账号名或密码不对。忘记密码请找管理员重置。',
      en: 'The name or the password is wrong. An administrator can reset a password.',
    });
  }
}

/**
 * @param published whether accounts whose password is published may come in
 * @returns the token of the new session
 * @throws {DomainError} `sign_in_refused`, `sign_in_locked`, `second_factor_needed` or `second_factor_refused`
 */
export async function signIn(source: DataSource, input: SignIn, published: boolean): Promise<string> {
  const { manager } = source;
  const [name = '', root] = foldName(input.name).split('@');
  const [account, another] = await findAccountsNamed(manager, name, root ?? null);
  if (another) throw ambiguous(name);
  const registryId = account?.registryId ?? (await findFirstRegistry(manager));
  if (registryId === undefined) throw new SignInRefused();
  const attempt: Attempt = { registryId, name, address: input.address };
  try {
    await countAttempt(manager, attempt);
  } catch (error) {
    if (account && error instanceof DomainError) await recordRefusal(source, account, input.address, 'locked');
    throw error;
  }
  const proven = await isPassword(input.password, account?.passwordHash ?? null);
  if (!account || !proven || account.disabled || (account.demonstration && !published)) {
    if (account) await recordRefusal(source, account, input.address, 'password');
    throw new SignInRefused();
  }
  if (account.totpConfirmed && !input.code) {
    // Whoever has a second factor comes twice: their office would be locked out after thirty of them.
    await clearAddress(manager, attempt);
    throw new DomainError(
      'second_factor_needed',
      { zh: '请输入验证器上的 6 位验证码。', en: 'Enter the 6 digits that the authenticator shows.' },
      { field: 'code' },
    );
  }
  try {
    return await source.transaction(async (within) => {
      if (account.totpConfirmed) await takeCode(within, account, input.code ?? '');
      const token = await beginSession(within, account, input.address);
      await clearAttempts(within, attempt);
      await recordAct(within, { ...actBy(account, input.address), result: 'done', detail: null });
      return token;
    });
  } catch (error) {
    if (error instanceof CodeRefused) await recordRefusal(source, account, input.address, 'code');
    throw error;
  }
}

/** Of accounts that there are: an unknown name may be a password typed in the wrong field. */
function recordRefusal(
  source: DataSource,
  account: ProvableAccount,
  address: string | null,
  by: string,
): Promise<void> {
  return recordAct(source.manager, { ...actBy(account, address), result: 'refused', detail: { by } });
}

function actBy({ registryId, name, org }: ProvableAccount, address: string | null) {
  return { registryId, actor: name, act: 'session.begin', thing: null, org, address };
}

function ambiguous(name: string): DomainError {
  return new DomainError('sign_in_ambiguous', {
    zh: `有不止一个资料库用到“${name}”。请写成“${name}@资料库代码”。`,
    en: `More than one registry knows "${name}". Write "${name}@CODE" with the code of yours.`,
  });
}
