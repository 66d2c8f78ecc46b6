/** Cells from a corner to another: rows as Excel numbers them, columns counted from 0. */
export interface CellRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const COLUMNS = 16_384;
const ROWS = 1_048_576;

/** @returns -1 where the reference names no column of Excel */
export function columnOfReference(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
    if (column > COLUMNS) return -1;
  }
  return at === reference.length ? -1 : column - 1;
}

/** The range that is written like B3:C7 or B3; undefined where it is none. */
export function readRange(text: string): CellRange | undefined {
  const [from = '', to = from] = text.replaceAll('$', '').split(':');
  const [left, right] = [columnOfReference(from), columnOfReference(to)];
  const [top, bottom] = [rowOf(from), rowOf(to)];
  if (left < 0 || right < left || top < 1 || bottom < top || bottom > ROWS) return undefined;
  return { top, bottom, left, right };
}

function rowOf(reference: string): number {
  return Number(/^[A-Z]{1,3}([1-9]\d{0,6})$/.exec(reference)?.[1] ?? 0);
}
