import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../core/domain-error';
import { COMMON_PASSWORDS } from './common-passwords';
import type { RoleCode } from './roles';

/** The least that OWASP asks of argon2id, which is the package's own algorithm: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const LEAST_CHARACTERS = 10;
const LEAST_CHARACTERS_OF_ADMINISTRATORS = 12;
const MOST_CHARACTERS = 128;
/** As it is typed, in several marks a character: to compose a text takes time with the square of its length. */
const MOST_TYPED = 4 * MOST_CHARACTERS;
const LEAST_DIFFERENT = 5;
/** What people put before or after a common password to make it another. */
const DECORATION = /^[\d\W_]{0,4}|[\d\W_]{0,4}$/gu;

const COMMON = new Set(COMMON_PASSWORDS);

/** Made of no password: who tries a name that nobody has waits as long as for another. */
let nobodysHash: Promise<string> | undefined;

/** The same text however a keyboard composes it. */
function composed(password: string): string {
  return password.normalize('NFKC');
}

/** @throws {DomainError} that says what is wrong with it, as a field `password` */
export function checkPassword(password: unknown, account: { readonly name: string; readonly role: RoleCode }): string {
  if (typeof password !== 'string') throw refused('password_missing', '请填写密码。', 'A password is needed.');
  if (password.length > MOST_TYPED) throw tooLong();
  const text = composed(password);
  const length = [...text].length;
  const least = account.role === 'administrator' ? LEAST_CHARACTERS_OF_ADMINISTRATORS : LEAST_CHARACTERS;
  if (length < least) {
    throw refused(
      'password_too_short',
      `密码至少 ${least} 个字符。可以用几个不相干的词连起来。`,
      `A password has at least ${least} characters. A few words without a connection will do.`,
    );
  }
  if (length > MOST_CHARACTERS) throw tooLong();
  const lower = text.toLowerCase();
  if (lower.includes(account.name)) {
    throw refused('password_holds_name', '密码里不能有账号名。', 'A password may not hold the name of its account.');
  }
  if (isCommon(lower)) {
    throw refused(
      'password_too_common',
      '这个密码太常见，很容易被猜中。请换一个。',
      'This password is too common and soon guessed. Choose another.',
    );
  }
  return password;
}

function isCommon(lower: string): boolean {
  if (new Set(lower).size < LEAST_DIFFERENT) return true;
  const bare = [lower, lower.replace(DECORATION, ''), lower.replace(/[\d\W_]+$/u, ''), lower.replace(/^[\d\W_]+/u, '')];
  return bare.some((text) => COMMON.has(text) || isRepeated(text)) || isMadeOfTwo(lower);
}

function isRepeated(text: string): boolean {
  const [, unit] = /^(.{3,}?)\1+$/u.exec(text) ?? [];
  return unit !== undefined;
}

function isMadeOfTwo(text: string): boolean {
  for (let cut = 3; cut <= text.length - 3; cut += 1) {
    if (COMMON.has(text.slice(0, cut)) && COMMON.has(text.slice(cut))) return true;
  }
  return false;
}

function tooLong(): DomainError {
  return refused(
    'password_too_long',
    `密码最多 ${MOST_CHARACTERS} 个字符。`,
    `A password has at most ${MOST_CHARACTERS} characters.`,
  );
}

function refused(code: string, zh: string, en: string): DomainError {
  return new DomainError(code, { zh, en }, { field: 'password' });
}

export function hashPassword(password: string): Promise<string> {
  return hash(composed(password), COST);
}

/** Takes as long without a hash as with one, and is then false. What is longer than any password is none. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  if (password.length > MOST_TYPED) return false;
  if (stored !== null) return verify(stored, composed(password));
  nobodysHash ??= hash('', COST);
  await verify(await nobodysHash, composed(password));
  return false;
}
