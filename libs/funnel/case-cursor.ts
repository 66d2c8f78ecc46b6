import { DomainError } from '../core/domain-error';
import { isCalendarDate } from '../core/period';

/** The place of a case in a list that is ordered by a day and its code. */
export interface CaseCursor {
  readonly day: string;
  readonly caseCode: string;
}

/** As callers get it, `2024-05-31_<code>`, and give it back for the next page. */
export function writeCaseCursor({ day, caseCode }: CaseCursor): string {
  return `${day}_${caseCode}`;
}

/** @throws {DomainError} when it is none */
export function readCaseCursor(text: string | undefined): CaseCursor | null {
  if (text === undefined) return null;
  const [day, caseCode] = [text.slice(0, 10), text.slice(11)];
  if (isCalendarDate(day) && text[10] === '_' && caseCode !== '') return { day, caseCode };
  throw new DomainError(
    'cursor_not_readable',
    { zh: '翻页标记无法识别，请从第一页重新打开。', en: 'The page mark cannot be read; start from the first page.' },
    { field: 'after' },
  );
}
