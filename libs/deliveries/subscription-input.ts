import { DomainError } from '../core/domain-error';
import { isMailAddress } from '../core/mail-address';
import type { Permission } from '../accounts/roles';

/** What can be told of. */
export const TOPICS = ['worklists', 'assessments', 'months'] as const;
export type Topic = (typeof TOPICS)[number];

export const WAYS = ['mail', 'webhook'] as const;
export type Via = (typeof WAYS)[number];

/** What its maker must be let do: a webhook makes the server call out. */
export const NEEDED_FOR: Readonly<Record<Via, Permission>> = { mail: 'entries.read', webhook: 'settings.manage' };

const LONGEST_ADDRESS = 1_000;

/** @throws {DomainError} when there is no such topic */
export function readTopic(given: unknown): Topic {
  const topic = TOPICS.find((one) => one === given);
  if (topic) return topic;
  throw wrong(
    'topic',
    '通知内容应是 worklists（待办清单）、assessments（自评表定稿）或 months（结账与重开）。',
    `The topic is one of ${TOPICS.join(', ')}.`,
  );
}

/** @throws {DomainError} when there is no such way */
export function readVia(given: unknown): Via {
  const via = WAYS.find((one) => one === given);
  if (via) return via;
  throw wrong('via', '通知方式应是 mail（邮件）或 webhook（推送到网址）。', 'It goes by mail or by webhook.');
}

/** A mailbox, or the address of what takes requests, as `URL` writes it. @throws {DomainError} when it cannot be used */
export function readAddress(via: Via, given: unknown): string {
  const text = typeof given === 'string' ? given.trim() : '';
  if (via === 'webhook') return readUrl(text);
  if (isMailAddress(text)) return text;
  throw wrong(
    'address',
    '请填写一个邮箱地址，例如 name@example.org。',
    'Give one mail address, such as name@example.org.',
  );
}

/** Where it goes, without what only its maker needs to know. */
export function hostOf(via: Via, address: string): string {
  return via === 'mail' ? address.slice(address.indexOf('@')) : new URL(address).origin;
}

function readUrl(text: string): string {
  const url = text.length <= LONGEST_ADDRESS && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw wrong(
      'address',
      `请填写以 https:// 或 http:// 开头的网址，最多 ${LONGEST_ADDRESS} 个字符。`,
      `Give an address that begins with https:// or http://, in at most ${LONGEST_ADDRESS} characters.`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    throw wrong(
      'address',
      '网址中不能含用户名、密码或 # 片段；请用签名验证来源。',
      'The address holds no name, password or # fragment; the signature proves where a request comes from.',
    );
  }
  return url.href;
}

function wrong(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh, en }, { field });
}
