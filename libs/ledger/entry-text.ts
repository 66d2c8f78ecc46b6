import { DomainError } from '../core/domain-error';
import { isUuid } from '../core/uuid';

/** What is wrong with one field of an entry. */
export class EntryRefused extends DomainError {
  constructor(field: string, code: string, zh: string, en: string, details: object = {}) {
    super(code, { zh, en }, { field, ...details });
  }
}

/** What an entry cannot do without. */
export function missing(field: string, zh: string, en: string): EntryRefused {
  return new EntryRefused(
    field,
    `${field === 'occurredOn' ? 'date' : field}_missing`,
    `必须写${zh}。`,
    `${en} is needed.`,
  );
}

const FIELDS: ReadonlySet<string> = new Set([
  'id',
  'kind',
  'org',
  'occurredOn',
  'donorCode',
  'caseCode',
  'sampleCode',
  'outcome',
  'reason',
  'quantity',
  'attributes',
  'note',
  'justification',
]);

/** The fields of an input, none of which is unknown. */
export function readFields(input: unknown): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new EntryRefused('entry', 'entry_not_an_object', '一条登记应是一个对象。', 'An entry must be an object.');
  }
  const stray = Object.keys(input).find((name) => !FIELDS.has(name));
  if (stray !== undefined) {
    throw new EntryRefused(stray, 'field_unknown', `没有名为“${stray}”的字段。`, `There is no field "${stray}".`);
  }
  return input as Record<string, unknown>;
}

export function readId(given: Record<string, unknown>): string {
  const id = text(given, 'id')?.toLowerCase() ?? '';
  if (!isUuid(id)) {
    throw new EntryRefused(
      'id',
      'id_not_a_uuid',
      'id 应是一个 UUID，由发送方选定。',
      'id must be a UUID chosen by the sender.',
    );
  }
  return id;
}

export function readAttributes(given: Record<string, unknown>): Record<string, string> | null {
  const attributes = given['attributes'] ?? {};
  if (typeof attributes !== 'object' || Array.isArray(attributes)) {
    throw new EntryRefused(
      'attributes',
      'attributes_not_an_object',
      '附加项应是一个对象。',
      'attributes must be an object.',
    );
  }
  const stated = Object.keys(attributes).flatMap((code) => {
    const value = text(attributes as Record<string, unknown>, code, `attributes.${code}`);
    return value === null ? [] : [[code, value] as const];
  });
  return stated.length > 0 ? Object.fromEntries(stated) : null;
}

/** A field's text, trimmed; null where it is empty. PostgreSQL keeps neither NUL nor half a character. */
export function text(given: Record<string, unknown>, name: string, field = name): string | null {
  const value = given[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') {
    throw new EntryRefused(
      field,
      'not_text',
      `“${field}”应是文本（数量也写成文本，如 "1.5"）。`,
      `"${field}" must be text (a quantity too, like "1.5").`,
    );
  }
  if (!isStorable(value)) throw notStorable(field);
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/** No code, date or number is longer; to bring a text to its compatible form takes time with the square of its length. */
const SHORT_AT_MOST = 100;

/**
 * A field that holds a code or a number, in half width.
 *
 * @throws {EntryRefused} when it is longer than either
 */
export function shortText(given: Record<string, unknown>, name: string): string | null {
  const value = text(given, name);
  if (value !== null && value.length > SHORT_AT_MOST) {
    throw new EntryRefused(
      name,
      'text_too_long',
      `“${name}”最长 ${SHORT_AT_MOST} 字，现有 ${value.length} 字。`,
      `"${name}" may hold ${SHORT_AT_MOST} characters and has ${value.length}.`,
    );
  }
  return value?.normalize('NFKC') ?? null;
}

export function isStorable(value: string): boolean {
  return !value.includes('\u0000') && !/\p{Surrogate}/u.test(value);
}

export function notStorable(field: string): EntryRefused {
  return new EntryRefused(
    field,
    'text_not_readable',
    '文字中有不能保存的字符。',
    'The text holds characters that cannot be kept.',
  );
}
