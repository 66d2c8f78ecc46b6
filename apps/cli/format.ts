import { DomainError } from '../../libs/core/domain-error';

/** @throws {DomainError} when what a verb prints has no such format */
export function requireFormat(format: string, known: readonly string[]): void {
  if (known.includes(format)) return;
  throw new DomainError('format_unknown', {
    zh: `没有格式“${format}”，可用 ${known.join('、')}。`,
    en: `There is no format "${format}"; use ${known.join(', ')}.`,
  });
}
