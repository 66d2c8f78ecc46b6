import { columnsOf, isUnder, type OpenColumn } from './pdf-open-columns';
import { rowStarts, type TableLine } from './pdf-open-rows';
import { inOneLine, type PlacedText } from './placed-text';

/** A line of a page, its cells parted by gaps. */
export interface PageLine {
  readonly cells: readonly PlacedText[];
  readonly bottom: number;
  readonly page: number;
}

/** Lines that are read as one: the rows of a table without drawn lines; none where they are no table. */
export interface OpenRun {
  readonly rows: string[][] | undefined;
  /** How many lines they are. */
  readonly lines: number;
}

const LINES_AT_MOST = 1_000;
/** Of one cell, between two lines of several. */
const SINGLES_AT_MOST = 25;
/** Lines that tell where the columns are, while the end of the table is looked for. */
const LOOKED_BACK = 40;
const LOOKED_AHEAD = 6;
/** Heights of a letter: lines that stand closer are cells beside each other, in the middle of their rows. */
const BESIDE = 0.95;
const NUMBERING = /^(?:[（(]?[\d一二三四五六七八九十]+[)）.、．]?|[-•·●])$/;

/**
 * The table that a line begins, its wrapped cells put together.
 *
 * @param lines one below the other; the table may end before they do
 * @param goOn is asked before each try, and throws when it takes too long
 */
export function openTableAt(lines: readonly PageLine[], at: number, goOn: () => void): OpenRun {
  let own = reach(lines, at);
  for (;;) {
    goOn();
    if (own.filter(isRow).length < 2) return { rows: undefined, lines: 1 };
    const columns = columnsOf(own.map(({ cells }) => cells));
    if (isList(columns, own)) return { rows: undefined, lines: own.length };
    const placed = placedIn(columns, own);
    const starts = rowStarts(placed, columns.length);
    if (own[0]!.cells.length === 1 && !isCentred(placed, own, starts[1])) return { rows: undefined, lines: 1 };
    const last = endOf(own, starts);
    if (last < own.length) {
      own = own.slice(0, last);
      continue;
    }
    const rows = starts.map((start, index) => cellsOf(placed.slice(start, starts[index + 1]), columns.length));
    const filled = rows.filter((row) => row.filter((text) => text !== '').length > 1);
    return { rows: filled.length < 2 ? undefined : rows, lines: own.length };
  }
}

/** 1. and 2. before paragraphs. */
function isList([first, ...others]: readonly OpenColumn[], lines: readonly PageLine[]): boolean {
  const numbers = lines.flatMap(({ cells }) => cells.filter((piece) => isUnder(piece, first!)));
  return others.length === 1 && numbers.every(({ text }) => NUMBERING.test(text));
}

function isRow({ cells }: PageLine): boolean {
  return cells.length > 1;
}

/** Lines of several cells, and between and behind them those that stand in one of their columns. */
function reach(lines: readonly PageLine[], at: number): PageLine[] {
  const own: PageLine[] = [];
  for (let next = at; own.length < LINES_AT_MOST;) {
    const singles = singlesFrom(lines, next);
    const ahead = next + singles.length;
    const after = lines[ahead];
    const goesOn =
      singles.length < SINGLES_AT_MOST &&
      after !== undefined &&
      isBelow(singles.at(-1) ?? own.at(-1), after) &&
      !(own.some(isRow) && singles.length > 0 && beginsAnother(own, singles, after));
    if (singles.length > 0) {
      const rows = own.slice(-LOOKED_BACK).filter(isRow);
      const known = [rows, [...rows, ...(goesOn ? lines.slice(ahead, ahead + LOOKED_AHEAD).filter(isRow) : [])]];
      const columns = known.map((some) => columnsOf(some.map(({ cells }) => cells)));
      const strange = singles.findIndex(({ cells }) => !columns.some((some) => standsInOne(cells[0]!, some)));
      own.push(...(strange < 0 ? singles : singles.slice(0, strange)));
      if (strange >= 0) break;
    }
    if (!goesOn) break;
    own.push(after);
    next = ahead + 1;
  }
  return own;
}

/** A head under a title, or cells under no columns of these. */
function beginsAnother(own: readonly PageLine[], singles: readonly PageLine[], after: PageLine): boolean {
  if (singles.some(isTitle) && !hasDigit(after)) return true;
  const columns = columnsOf(
    own
      .slice(-LOOKED_BACK)
      .filter(isRow)
      .map(({ cells }) => cells),
  );
  const under = after.cells.map((piece) => columns.filter((column) => isUnder(piece, column)));
  const met = under.flat();
  return under.some(({ length }) => length > 1) || new Set(met).size < met.length;
}

/** What stands over a table of its own. */
function isTitle({ cells }: PageLine): boolean {
  return /^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|表)|[：:]/.test(cells[0]!.text);
}

function hasDigit({ cells }: PageLine): boolean {
  return cells.some(({ text }) => /\d/.test(text.replace(/(?:19|20)\d{2}年/g, '')));
}

function singlesFrom(lines: readonly PageLine[], first: number): PageLine[] {
  let end = first;
  while (end - first < SINGLES_AT_MOST && lines[end]?.cells.length === 1 && isBelow(lines[end - 1], lines[end]!)) end++;
  return lines.slice(first, end);
}

function isBelow(above: PageLine | undefined, below: PageLine): boolean {
  return above === undefined || below.page > above.page || below.bottom < above.bottom;
}

function standsInOne(piece: PlacedText, columns: readonly OpenColumn[]): boolean {
  return columns.filter((column) => isUnder(piece, column)).length === 1;
}

/** A line over the head may be its cell's, in the middle of the others; else it is a caption. */
function isCentred(placed: readonly TableLine[], own: readonly PageLine[], end: number | undefined): boolean {
  const head = placed.slice(0, end);
  if (head.length === 1 || isTitle(own[0]!)) return false;
  if (placed[1]!.down < BESIDE * own[0]!.cells[0]!.size) return true;
  const [first] = head[0]!.pieces;
  if (first!.column > 0) return true;
  const lower = head.findLast(({ pieces }) => pieces.some(({ column }) => column === first?.column));
  const others = head.flatMap(({ down, pieces }) =>
    pieces.flatMap(({ column }) => (column === first?.column ? [] : down)),
  );
  const middle = (lower!.down + head[0]!.down) / 2;
  return Math.abs((Math.min(...others) + Math.max(...others)) / 2 - middle) < 0.1 * placed[1]!.down;
}

/** Each cell stands in the column that it is under most. */
function placedIn(columns: readonly OpenColumn[], lines: readonly PageLine[]): TableLine[] {
  let down = 0;
  const size = lines[0]!.cells[0]!.size;
  return lines.map(({ cells, bottom, page }, index) => {
    const above = lines[index - 1];
    if (above) down += above.page === page ? above.bottom - bottom : 1.3 * size;
    const pieces = cells.map((piece) => {
      const shared = columns.map(
        ({ left, right }) => Math.min(right, piece.left + piece.width) - Math.max(left, piece.left),
      );
      return { column: shared.indexOf(Math.max(...shared)), piece };
    });
    return { down, pieces, beginsPage: above !== undefined && above.page !== page };
  });
}

/** Before the lines of one cell that belong to no row: at the end, and before what begins another table. */
function endOf(own: readonly PageLine[], starts: readonly number[]): number {
  const isLone = (index: number): boolean => {
    const lines = own.slice(starts[index], starts[index + 1]);
    return lines.length > 0 && lines.every(({ cells }) => cells.length === 1);
  };
  let last = own.length;
  for (let index = starts.length - 1; index > 0; index--) {
    if (!isLone(index)) continue;
    const after = own.slice(starts[index + 1] ?? own.length, starts[index + 2]);
    const goesOn = after.some((line) => isRow(line) && hasDigit(line));
    if (!goesOn || starts[index + 1] === last) last = starts[index]!;
  }
  return last;
}

function cellsOf(lines: readonly TableLine[], columns: number): string[] {
  const row = Array.from({ length: columns }, () => '');
  for (const { pieces } of lines)
    for (const { column, piece } of pieces) row[column] = inOneLine(row[column]!, piece.text);
  return row;
}
