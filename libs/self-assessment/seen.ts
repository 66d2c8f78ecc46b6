import { createHash } from 'node:crypto';
import { itemsOf } from '../assessment/compare-filled';
import type { FilledForm } from '../assessment/filled-form';
import { DomainError } from '../core/domain-error';
import type { AssessmentRow } from './assessments.queries';

/** What somebody had before them when they took a step. */
export interface Seen {
  /** Of the record. */
  readonly version: number;
  /** Of the figures, as they were answered with it. */
  readonly fingerprint: string;
}

/** In hexadecimal: two forms have the same where nothing is told otherwise on one than on the other. */
export function fingerprintOf(filled: FilledForm): string {
  return createHash('sha256')
    .update(JSON.stringify(itemsOf(filled)))
    .digest('hex');
}

/** @throws {DomainError} when the record was written since the caller looked */
export function requireSeen(row: AssessmentRow, { version }: Pick<Seen, 'version'>): void {
  if (row.version === version) return;
  throw new DomainError(
    'assessment_changed',
    {
      zh: '您打开之后，这份自评表又有人改过。请看过新的内容再办。',
      en: 'This assessment was written since you opened it. Look at what stands now, then go on.',
    },
    { version: row.version },
  );
}

/** @throws {DomainError} when the figures are not those that the caller looked at */
export function requireSeenFigures(now: Pick<Seen, 'fingerprint'>, seen: Seen): void {
  if (now.fingerprint === seen.fingerprint) return;
  throw new DomainError('assessment_figures_moved', {
    zh: '您查看期间，表上的数字变了，这一步没有办。请看过现在的数字再办。',
    en: 'The figures moved while you looked at them, and nothing was done. Look at what stands now, then go on.',
  });
}
