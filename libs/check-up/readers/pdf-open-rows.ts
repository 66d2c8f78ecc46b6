import type { PlacedText } from './placed-text';

/** A cell's line in its column. */
export interface ColumnPiece {
  readonly column: number;
  readonly piece: PlacedText;
}

/** The pieces of one line of an open table. */
export interface TableLine {
  /** Downwards from the table's first line. */
  readonly down: number;
  readonly pieces: readonly ColumnPiece[];
  readonly beginsPage: boolean;
}

/** What every cell of a row stands by. */
type Alignment = 'top' | 'middle' | 'bottom';
const ALIGNMENTS: readonly Alignment[] = ['top', 'middle', 'bottom'];

/** Lines that one row may have. */
const ROW_LINES = 30;
const ROW = 1;
const EMPTY_CELL = 0.5;
const EMPTY_CELLS_AT_MOST = 3;
const ASKEW = 5;
const NO_WRAP = 6;
/** That a line goes on with more than half of the cells, the more the worse. */
const MOST_GO_ON = 1;
/** Over the end of a page nothing tells how its cells stand. */
const CUT = 0.5;
const PARTED_BRACKETS = 0.8;
/** In distances of two lines. */
const STRAIGHT = 0.3;

const QUANTITY =
  /^(?:[≥≤＝=<>]{0,2}\s?)?[-+－]?\d[\d,.]*\s?(?:[%％‰]|[万亿]?(?:元|人次|人份|人|例|份|个|次|场|单位|台|项|分|吨|户|篇|家|治疗量))?$|^[—–-]+$/;
export const BEGINS_ITEM = /^(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|\d+[.、．](?!\d))/;
/** A number too long for its cell, and the rest of it. */
const LONG_NUMBER = /\.\d{4,}$/;
const REST_OF_NUMBER = /^\d+[%％]?$/;
const OPENING = /^[（([“《〈【]+/;
const CLOSING = /^[，。、；：）)\]”》〉】％%！？]+/;

/**
 * Where rows begin and end: of all ways to part the lines into rows the cheapest. A line goes on in the next where it
 * left no room for the next word; cells of a row stand by one edge or by their middle.
 *
 * @returns the first line of each row
 */
export function rowStarts(lines: readonly TableLine[], columns: number): number[] {
  const table = { lines, columns, step: stepOf(lines), widths: widthsOf(lines, columns) };
  const ways = ALIGNMENTS.map((alignment) => cheapest(table, alignment));
  return ways.reduce((best, one) => (one.cost < best.cost ? one : best)).starts;
}

interface LinedTable {
  readonly lines: readonly TableLine[];
  readonly columns: number;
  /** From one line of a cell to the next. */
  readonly step: number;
  /** Of each column as far as it is filled. */
  readonly widths: readonly number[];
}

function cheapest(table: LinedTable, alignment: Alignment): { readonly cost: number; readonly starts: number[] } {
  const count = table.lines.length;
  const best = Array.from({ length: count + 1 }, (_, at) => (at === 0 ? 0 : Infinity));
  const from = Array.from({ length: count + 1 }, () => 0);
  for (let first = 0; first < count; first++) {
    const row = new OpenRow(table, first === 0 ? undefined : alignment);
    for (let end = first + 1; end <= Math.min(count, first + ROW_LINES); end++) {
      row.add(table.lines[end - 1]!);
      if (row.broken) break;
      const cost = best[first]! + row.cost;
      if (cost >= best[end]!) continue;
      best[end] = cost;
      from[end] = first;
    }
  }
  const starts: number[] = [];
  for (let end = count; end > 0; end = from[end]!) starts.unshift(from[end]!);
  return { cost: best[count]!, starts };
}

interface OpenCell {
  readonly top: number;
  bottom: number;
  readonly pieces: PlacedText[];
}

/** Lines that are tried as one row; a head stands as it likes. */
class OpenRow {
  private readonly cells = new Map<number, OpenCell>();
  private wraps = 0;
  /** Where the end of a page has cut it; what goes on over it stands as it likes. */
  private cut: number | undefined;
  private isStraightToCut = false;

  constructor(
    private readonly table: LinedTable,
    private readonly alignment: Alignment | undefined,
  ) {}

  add({ pieces, down, beginsPage }: TableLine): void {
    const filled = this.cells.size;
    let wentOn = 0;
    if (beginsPage && filled > 0) {
      this.isStraightToCut = filled > 1 && this.isStraight(ALIGNMENTS);
      this.cut = down;
    }
    for (const { column, piece } of pieces) {
      const cell = this.cells.get(column);
      if (!cell) {
        this.cells.set(column, { top: down, bottom: down, pieces: [piece] });
        this.isStraightToCut = false;
        continue;
      }
      this.wraps += this.wrapCost(cell, piece, column, down);
      wentOn += 1;
      cell.pieces.push(piece);
      cell.bottom = down;
    }
    if (filled > 1 && wentOn * 2 > filled) this.wraps += (MOST_GO_ON * wentOn) / filled;
  }

  /** No further line can mend it. */
  get broken(): boolean {
    return this.wraps >= NO_WRAP;
  }

  get cost(): number {
    const cells = [...this.cells.values()];
    const empty = Math.min(EMPTY_CELLS_AT_MOST, EMPTY_CELL * (this.table.columns - cells.length));
    const parted = cells.filter(({ pieces }) => isParted(pieces.map(({ text }) => text).join(''))).length;
    const isStraight = this.isStraight(this.alignment ? [this.alignment] : ALIGNMENTS);
    const askew = isStraight ? 0 : this.isStraightToCut ? CUT : ASKEW;
    return ROW + empty + this.wraps + askew + PARTED_BRACKETS * parted;
  }

  private isStraight(alignments: readonly Alignment[]): boolean {
    const cells = [...this.cells.values()];
    return alignments.some((alignment) => {
      const at = cells.map(({ top, bottom }) =>
        alignment === 'top' ? top : alignment === 'bottom' ? bottom : (top + bottom) / 2,
      );
      return Math.max(...at) - Math.min(...at) <= STRAIGHT * this.table.step;
    });
  }

  private wrapCost({ bottom, pieces }: OpenCell, next: PlacedText, column: number, down: number): number {
    const last = pieces[pieces.length - 1]!;
    const distance = down - bottom;
    const { step, widths } = this.table;
    const isOverPage = this.cut !== undefined && bottom < this.cut;
    if (!isOverPage && (distance > 1.3 * step || distance < 0.7 * last.size)) return NO_WRAP;
    const isFull = widths[column]! - last.width < firstWord(next);
    const isRest = LONG_NUMBER.test(last.text) && REST_OF_NUMBER.test(next.text);
    if (QUANTITY.test(last.text) && QUANTITY.test(next.text) && !isRest) return NO_WRAP;
    if (!isFull && (this.alignment || /\d/.test(last.text + next.text))) return NO_WRAP;
    if (!isFull) return 0.5;
    if (BEGINS_ITEM.test(next.text)) return NO_WRAP;
    // A heading of rows rather than the name of one.
    if (this.alignment && this.cells.size === 1 && BEGINS_ITEM.test(pieces[0]!.text)) return NO_WRAP / 2;
    if (QUANTITY.test(next.text) && pieces.length === 1 && !isRest) return NO_WRAP / 2;
    return 0.15;
  }
}

/** Brackets that a cell opens and another closes, or a cell that begins as none does. */
function isParted(text: string): boolean {
  const count = (letter: RegExp): number => text.match(letter)?.length ?? 0;
  return CLOSING.test(text) || /^[（(]/.test(text) || count(/[（(]/g) !== count(/[)）]/g);
}

/** How wide what cannot be parted from its first letter is, and a little more. */
function firstWord({ text, size }: PlacedText): number {
  const opening = OPENING.exec(text)?.[0] ?? '';
  const rest = text.slice(opening.length);
  const word = /^[\x21-\x7e≥≤＝]+/.exec(rest)?.[0] ?? rest.slice(0, 1);
  const closing = CLOSING.exec(rest.slice(word.length))?.[0] ?? '';
  const wide = [...(opening + word + closing)].reduce((sum, letter) => sum + (/[\x21-\x7e]/.test(letter) ? 0.6 : 1), 0);
  return (wide + 0.5) * size;
}

function stepOf(lines: readonly TableLine[]): number {
  const last = new Map<number, number>();
  let step = Infinity;
  for (const { down, pieces } of lines)
    for (const { column, piece } of pieces) {
      const distance = down - (last.get(column) ?? -Infinity);
      if (distance > 0.9 * piece.size) step = Math.min(step, distance);
      last.set(column, down);
    }
  return step;
}

/** What begins an item may run over the empty cells beside it. */
function widthsOf(lines: readonly TableLine[], columns: number): number[] {
  const widths = Array.from({ length: columns }, () => 0);
  for (const { pieces } of lines)
    for (const { column, piece } of pieces)
      if (!BEGINS_ITEM.test(piece.text)) widths[column] = Math.max(widths[column]!, piece.width);
  return widths;
}
