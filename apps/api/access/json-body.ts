import { DomainError } from '../../../libs/core/domain-error';

/** A body's fields. @throws {DomainError} when it is no object, or holds a field that is not known */
export function readFields(body: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new DomainError('body_not_readable', {
      zh: '请求内容无法识别，应为 JSON 对象。',
      en: 'The request cannot be read; a JSON object is expected.',
    });
  }
  const field = Object.keys(body).find((name) => !known.includes(name));
  if (field === undefined) return body as Record<string, unknown>;
  throw new DomainError(
    'field_unknown',
    { zh: `没有名为“${field}”的字段。`, en: `There is no field "${field}".` },
    { field },
  );
}

/** A text, or null where there is none. @throws {DomainError} when it is something else */
export function readText(given: Readonly<Record<string, unknown>>, field: string): string | null {
  const value = given[field] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw new DomainError(
    'field_not_readable',
    { zh: `“${field}”应是文字。`, en: `"${field}" must be text.` },
    { field },
  );
}
