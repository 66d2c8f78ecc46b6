import { DomainError } from '../core/domain-error';

// What a browser's form, a command line and a log can hold without quotes. Not `@`: it stands before a registry's code.
const SHAPE = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{1,31}$/u;

/** As it is stored and compared: composed, in lower case. @throws {DomainError} when it cannot be a name */
export function readAccountName(name: unknown): string {
  const text = typeof name === 'string' ? foldName(name) : '';
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

export function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/**
 * A name by which the sign-on provider knows somebody, often a mail address; nothing for none.
 *
 * @throws {DomainError} when it cannot be one
 */
export function readSignOnName(name: unknown): string | null {
  if (name === null) return null;
  const text = typeof name === 'string' ? foldName(name) : undefined;
  if (text === '') return null;
  if (text !== undefined && text.length <= 200 && !/[\s\p{C}]/u.test(text)) return text;
  throw new DomainError(
    'sign_on_name_not_readable',
    {
      zh: '统一身份认证用户名最多 200 个字符，中间没有空格，例如 zhang.wei 或 zhang.wei@example.org。',
      en: 'The name at the sign-on provider has at most 200 characters and no spaces, for example zhang.wei@example.org.',
    },
    { field: 'signOnName' },
  );
}
