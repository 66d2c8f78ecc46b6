import { DomainError } from '../core/domain-error';

/** A report of a province has some 50,000. */
export const CHARACTERS_AT_MOST = 300_000;

export function reportTooLong(): DomainError {
  return new DomainError(
    'report_too_long',
    {
      zh: `文字超过 ${CHARACTERS_AT_MOST / 10_000} 万字，请按章节拆成几份再体检。`,
      en: `The text is longer than ${CHARACTERS_AT_MOST.toLocaleString('en')} characters; split it by chapters.`,
    },
    { field: 'file' },
  );
}
