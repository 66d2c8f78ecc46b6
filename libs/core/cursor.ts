import { DomainError } from './domain-error';
import { isCalendarDate } from './period';
import { isUuid } from './uuid';

/** The place of a row in a list that is ordered by a day and an id. */
export interface DayCursor {
  readonly day: string;
  readonly id: string;
}

export class CursorNotReadable extends DomainError {
  constructor() {
    super(
      'cursor_not_readable',
      { zh: '翻页标记无法识别，请从第一页重新打开。', en: 'The page mark cannot be read; start from the first page.' },
      { field: 'after' },
    );
  }
}

/** As callers get it, `2024-05-31_<uuid>`, and give it back for the next page. */
export function writeCursor({ day, id }: DayCursor): string {
  return `${day}_${id}`;
}

/** @throws {DomainError} when it is none */
export function readCursor(text: string | undefined): DayCursor | null {
  if (text === undefined) return null;
  const [day = '', id = '', ...more] = text.split('_');
  if (isCalendarDate(day) && isUuid(id) && more.length === 0) return { day, id };
  throw new CursorNotReadable();
}
