import { DomainError } from '../core/domain-error';

// What a browser's form, a command line and a log can hold without quotes. Not `@`: it stands before a registry's code.
const SHAPE = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{1,31}$/u;

/** More than any name at the sign-on provider has. To compose a text takes time with the square of its length. */
const FOLDED_AT_MOST = 200;
const NAME_AT_MOST = 64;

/** As it is stored and compared: composed, in lower case. @throws {DomainError} when it cannot be a name */
export function readAccountName(name: unknown): string {
  const text = typeof name === 'string' && name.length <= NAME_AT_MOST ? foldName(name) : '';
  if (SHAPE.test(text)) return text;
  throw new DomainError(
    'account_name_not_readable',
    {
      zh: '账号名为 2 到 32 个汉字、字母或数字，中间可以有 . _ -，例如 zhang.wei。',
      en: 'The name of an account has 2 to 32 letters or digits, with . _ - between them, for example zhang.wei.',
    },
    { field: 'name' },
  );
}

/** @throws {DomainError} when it is longer than any name */
export function foldName(name: string): string {
  if (name.length > FOLDED_AT_MOST) {
    throw new DomainError(
      'account_name_too_long',
      { zh: `账号名最多 ${FOLDED_AT_MOST} 个字符。`, en: `A name has at most ${FOLDED_AT_MOST} characters.` },
      { field: 'name' },
    );
  }
  return name.normalize('NFKC').trim().toLowerCase();
}

/**
 * A name by which the sign-on provider knows somebody, often a mail address; nothing for none.
 *
 * @throws {DomainError} when it cannot be one
 */
export function readSignOnName(name: unknown): string | null {
  if (name === null) return null;
  const text = typeof name === 'string' && name.length <= FOLDED_AT_MOST ? foldName(name) : undefined;
  if (text === '') return null;
  if (text !== undefined && text.length <= FOLDED_AT_MOST && !/[\s\p{C}]/u.test(text)) return text;
  throw new DomainError(
    'sign_on_name_not_readable',
    {
      zh: '统一身份认证用户名最多 200 个字符，中间没有空格，例如 zhang.wei 或 zhang.wei@example.org。',
      en: 'The name at the sign-on provider has at most 200 characters and no spaces, for example zhang.wei@example.org.',
    },
    { field: 'signOnName' },
  );
}
