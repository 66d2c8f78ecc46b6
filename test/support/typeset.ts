import type { PlacedText } from '../../libs/check-up/readers/placed-text';

const SIZE = 10;
const STEP = 15;
const LEFT = 80;
const TOP = 760;

export interface SetTable {
  readonly rows: readonly (readonly string[])[];
  /** In letters. */
  readonly widths: readonly number[];
  readonly stands: 'top' | 'middle' | 'bottom';
}

/** Lines of prose and tables without drawn lines, as a page shows them, one below the other. */
export function typeset(blocks: readonly (string | SetTable)[]): PlacedText[] {
  const pieces: PlacedText[] = [];
  let bottom = TOP;
  for (const block of blocks) {
    if (typeof block === 'string') {
      pieces.push(placed(block, LEFT, bottom));
      bottom -= STEP;
      continue;
    }
    for (const row of block.rows) {
      const cells = row.map((text, column) => broken(text, block.widths[column]!));
      const lines = Math.max(...cells.map(({ length }) => length));
      cells.forEach((cell, column) => {
        const left = LEFT + block.widths.slice(0, column).reduce((sum, wide) => sum + (wide + 1.2) * SIZE, 0);
        const free = lines - cell.length;
        const over = block.stands === 'top' ? 0 : block.stands === 'middle' ? free / 2 : free;
        cell.forEach((text, line) => pieces.push(placed(text, left, bottom - (over + line) * STEP)));
      });
      bottom -= lines * STEP;
    }
  }
  return pieces;
}

export function placed(text: string, left: number, bottom: number): PlacedText {
  return { text, left, bottom, width: wide(text) * SIZE, size: SIZE };
}

function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const [word] of text.matchAll(/[\x21-\x7e]+|./gu)) {
    const last = lines.at(-1);
    if (last !== undefined && wide(last + word) <= width) lines[lines.length - 1] = last + word;
    else lines.push(word);
  }
  return lines;
}

function wide(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[\x20-\x7e]/.test(letter) ? 0.5 : 1), 0);
}
