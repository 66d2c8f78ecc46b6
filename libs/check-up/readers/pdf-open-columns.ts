import type { PlacedText } from './placed-text';

/** A column of an open table, as far as it is filled. */
export interface OpenColumn {
  left: number;
  right: number;
  /** The lines that it stands in. */
  readonly lines: Set<number>;
}

/** Letters of cells beside each other may touch by as much. */
const TOUCH = 0.5;

/**
 * The columns of lines, from the left. Narrow cells tell them apart; one over several columns that stand beside each
 * other in a line is of none.
 */
export function columnsOf(lines: readonly (readonly PlacedText[])[]): OpenColumn[] {
  const pieces = lines.flatMap((cells, line) => cells.map((piece) => ({ piece, line })));
  let columns: OpenColumn[] = [];
  for (const { piece, line } of pieces.sort((one, other) => one.piece.width - other.piece.width)) {
    const under = columns.filter((column) => isUnder(piece, column));
    if (standBesideEachOther(under)) continue;
    const [first, ...more] = under;
    if (!first) {
      columns.push({ left: piece.left, right: piece.left + piece.width, lines: new Set([line]) });
      continue;
    }
    first.left = Math.min(first.left, piece.left, ...more.map(({ left }) => left));
    first.right = Math.max(first.right, piece.left + piece.width, ...more.map(({ right }) => right));
    for (const at of [line, ...more.flatMap((column) => [...column.lines])]) first.lines.add(at);
    if (more.length > 0) columns = columns.filter((column) => !more.includes(column));
  }
  return columns.sort((one, other) => one.left - other.left);
}

export function isUnder({ left, width }: PlacedText, column: OpenColumn): boolean {
  return left < column.right - TOUCH && left + width > column.left + TOUCH;
}

function standBesideEachOther(columns: readonly OpenColumn[]): boolean {
  const seen = new Set<number>();
  for (const { lines } of columns)
    for (const line of lines) {
      if (seen.has(line)) return true;
      seen.add(line);
    }
  return false;
}
