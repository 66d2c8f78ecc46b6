import { SourceRefused } from './source-refused';
import type { XlsxPackage } from './xlsx-package';
import { readRange, type CellRange } from './xlsx-reference';

const MERGES_AT_MOST = 100_000;
const END_OF_ROWS = 'sheetData>';
const MERGE = /<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([^"'<>]*)["']/g;
const LONGEST_TAG = 300;

/**
 * The merged cells of a sheet, by their first row. They stand behind the rows, which must be read knowing them; so the
 * part is run through for its end alone.
 */
export async function readMerges(zip: XlsxPackage, part: string, sheet: string): Promise<CellRange[]> {
  const merges: CellRange[] = [];
  let [carried, behindRows] = ['', false];
  for await (const chunk of zip.bytes(part)) {
    if (!behindRows && !endsRows(carried, chunk)) {
      carried = chunk.toString('latin1', Math.max(0, chunk.length - END_OF_ROWS.length - 1));
      continue;
    }
    behindRows = true;
    const text = carried + chunk.toString('latin1');
    let done = 0;
    for (const match of text.matchAll(MERGE)) {
      const range = readRange(match[1]!);
      if (range && (range.bottom > range.top || range.right > range.left)) merges.push(range);
      done = match.index + match[0].length;
    }
    if (merges.length > MERGES_AT_MOST) throw tooManyMerges(sheet);
    carried = text.slice(Math.max(done, text.length - LONGEST_TAG));
  }
  return merges.sort((one, other) => one.top - other.top);
}

function endsRows(carried: string, chunk: Buffer): boolean {
  return (
    chunk.includes(END_OF_ROWS) || (carried + chunk.toString('latin1', 0, END_OF_ROWS.length)).includes(END_OF_ROWS)
  );
}

function tooManyMerges(sheet: string): SourceRefused {
  return new SourceRefused(
    'too_many_merged_cells',
    `工作表“${sheet}”的合并单元格超过 ${MERGES_AT_MOST} 处。请全选后取消合并，并在每格填写内容。`,
    `The sheet "${sheet}" has more than ${MERGES_AT_MOST} merged cells. Unmerge them all and fill in each cell.`,
  );
}

/** Walks down a sheet and knows the ranges that a row meets. */
export class RangesDownward {
  private next = 0;
  private met: CellRange[] = [];

  /** @param ranges by their first row */
  constructor(private readonly ranges: readonly CellRange[]) {}

  /** @param row not above that of the call before */
  at(row: number): readonly CellRange[] {
    if (this.met.length > 0) this.met = this.met.filter(({ bottom }) => bottom >= row);
    for (let range = this.ranges[this.next]; range && range.top <= row; range = this.ranges[++this.next]) {
      if (range.bottom >= row) this.met.push(range);
    }
    return this.met;
  }
}
