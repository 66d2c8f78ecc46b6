import { againstLedger, type LedgerFigure } from './against-ledger';
import type { ReportDocument } from './document';
import type { Finding, FindingClass } from './finding';
import { readDocument } from './read-document';
import { CHARACTERS_AT_MOST, reportTooLong } from './report-length';
import { RULES } from './rules';
import { DomainError } from '../core/domain-error';

export interface CheckedReport {
  readonly document: ReportDocument;
  readonly findings: readonly Finding[];
}

/**
 * Checks a report: finds its numbers, binds them, and says what does not hold, from the top down.
 *
 * @param figures what the ledger has for the period and org of the report; nothing where there is no ledger
 * @param text prose as lines; a table as lines of cells between tabs, or with one cell a line
 * @throws {DomainError} when there is no text, or more than is read
 */
export function checkUp(text: string, figures: readonly LedgerFigure[] = []): CheckedReport {
  requireText(text);
  const document = readDocument(text);
  return {
    document,
    findings: withoutEchoes(
      withoutRepeats([...RULES.flatMap((rule) => rule(document)), ...againstLedger(document, figures)]),
    ).map((one) => ({ ...one, found: text.slice(one.place.start, one.place.end) })),
  };
}

/** @throws {DomainError} when there is no text, or more than is read */
export function requireText(text: string): void {
  if (text.trim() === '') {
    throw new DomainError('report_empty', {
      zh: '没有可以体检的文字。如果是扫描件，请先做文字识别（OCR），或上传 Word 原稿。',
      en: 'There is no text to check. If it is a scan, have its text recognised (OCR) first, or send the Word file.',
    });
  }
  if (text.length > CHARACTERS_AT_MOST) throw reportTooLong();
}

const CONTRADICTIONS = new Set<FindingClass>(['two-values', 'text-table', 'two-units']);
const PROOFS = new Set<FindingClass>(['sum', 'wrong-rate', 'unit', 'conversion']);

/** Of two places that contradict each other the one is not told when the other is proved wrong by itself. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const proved = new Set(findings.filter((one) => PROOFS.has(one.class)).map(({ place }) => place.start));
  return findings.filter(
    (one) =>
      !CONTRADICTIONS.has(one.class) ||
      proved.has(one.place.start) ||
      one.related.length === 0 ||
      !one.related.every(({ start }) => proved.has(start)),
  );
}

/** One number is told once for each class. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.class} ${finding.place.start}`;
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()].sort((one, other) => one.place.start - other.place.start);
}
