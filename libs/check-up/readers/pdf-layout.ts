import { drawnTables, type DrawnTable } from './pdf-grid';
import { BEGINS_ITEM } from './pdf-open-rows';
import { openTableAt, type PageLine } from './pdf-open-tables';
import type { PageRules } from './pdf-rules';
import { onLines, type PlacedText } from './placed-text';

/** So many heights of a letter apart, two pieces of a line are two cells. */
const CELL_GAP = 0.9;
/** Lines, and letters of each, from which on two cells beside each other are columns of prose. */
const COLUMN_LINES = 5;
const COLUMN_LETTERS = 10;

/** A page's text, and the lines that it draws. */
export interface LaidPage {
  readonly pieces: readonly PlacedText[];
  readonly rules: PageRules;
}

/** A line and where its column ends. */
type Flowing = PageLine & { readonly right: number };
type Block = Flowing | DrawnTable;
interface OpenTable {
  readonly rows: string[][];
}

/**
 * The lines of all pages: paragraphs put together again, tables as cells between tabs, also over the end of a page.
 *
 * @param goOn is asked before each page and each table, and throws when it takes too long
 */
export function layOut(pages: readonly LaidPage[], goOn: () => void): string[] {
  const laid = pages.map((page, number) => {
    goOn();
    return blocksOf(page, number);
  });
  const blocks = withOpenTables(withoutRunningHeads(laid).flat(), goOn);
  const out: string[] = [];
  let joining = false;
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]!;
    if ('rows' in block) {
      const { rows, last } = 'top' in block ? drawnFrom(blocks, at) : { rows: block.rows, last: at };
      out.push('', ...rows.map((row) => row.join('\t')), '');
      at = last;
      joining = false;
      continue;
    }
    const { cells, right } = block;
    const text = cells.map((cell) => cell.text).join(' ');
    if (joining) out[out.length - 1] += text;
    else out.push(text);
    const last = cells[cells.length - 1]!;
    const next = blocks[at + 1];
    const begins = next && 'cells' in next ? next.cells[0]!.text : undefined;
    joining = begins !== undefined && isFull(last, right, begins) && !BEGINS_ITEM.test(begins);
  }
  return out;
}

function withOpenTables(blocks: readonly Block[], goOn: () => void): (Block | OpenTable)[] {
  const out: (Block | OpenTable)[] = [];
  let flow: Flowing[] = [];
  const end = (): void => {
    for (let at = 0; at < flow.length;) {
      const { rows, lines } = openTableAt(flow, at, goOn);
      out.push(...(rows ? [{ rows }] : flow.slice(at, at + lines)));
      at += lines;
    }
    flow = [];
  };
  for (const block of blocks) {
    if ('cells' in block) {
      flow.push(block);
      continue;
    }
    end();
    out.push(block);
  }
  end();
  return out;
}

/** A line that reaches the margin goes on in the next; one that ends early does so for a number that is not parted. */
function isFull({ left, width, size, text }: PlacedText, right: number, next: string): boolean {
  const room = right - left - width;
  if (text.endsWith('。')) return false;
  if (/[：；]$/.test(text)) return room < size;
  const whole = /^[\x21-\x7e]*[，。、；：）％]*/.exec(next)![0];
  return room <= (1.6 + 0.6 * whole.length) * size;
}

function blocksOf({ pieces, rules }: LaidPage, page: number): Block[] {
  const { tables, free } = drawnTables(
    pieces.filter(({ text }) => text.trim() !== ''),
    rules,
  );
  const lines = linesOf(free, page);
  const blocks: Block[] = [];
  const between = tables.map(({ top }) => top);
  for (let index = 0; index <= tables.length; index++) {
    const [above, below] = [between[index - 1] ?? Infinity, between[index] ?? -Infinity];
    const own = withoutPageNumber(
      lines.filter(({ bottom }) => bottom < above && bottom >= below),
      below === -Infinity,
    );
    const right = rightEdge(own.length > 2 ? own : lines);
    blocks.push(...inColumns(own, right));
    const table = tables[index];
    if (table) blocks.push(table);
  }
  return blocks;
}

/** What stands at the head or foot of each page alike, but for its numbers. */
function withoutRunningHeads(pages: readonly (readonly Block[])[]): Block[][] {
  const keyOf = (block: Block | undefined): string | undefined => {
    const text = block && 'cells' in block ? block.cells.map((cell) => cell.text).join('') : '';
    const words = text.replace(/[\d\s]/g, '');
    return block && 'cells' in block && words.length >= 4 ? `${words}@${Math.round(block.bottom / 3)}` : undefined;
  };
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const key of new Set([keyOf(page[0]), keyOf(page.at(-1))]))
      if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  const seen = new Set<string>();
  return pages.map((page) =>
    page.filter((block, index) => {
      const key = index === 0 || index === page.length - 1 ? keyOf(block) : undefined;
      if (key === undefined || (counts.get(key) ?? 0) < 2) return true;
      const first = !seen.has(key);
      seen.add(key);
      return first && index === 0;
    }),
  );
}

/** A table with what the next page goes on with: its columns at the head of that page. */
function drawnFrom(blocks: readonly (Block | OpenTable)[], at: number): { rows: string[][]; last: number } {
  const rows = (blocks[at] as DrawnTable).rows.map((row) => [...row]);
  let last = at;
  for (let next = blocks[last + 1]; next && 'top' in next; next = blocks[last + 1]) {
    const [first, ...rest] = next.rows;
    if (first?.length !== rows[0]?.length) break;
    const filled = first!.filter((text) => text !== '').length;
    // A row that the end of the page has cut.
    if (first![0] === '' && filled * 2 < first!.length) {
      rows[rows.length - 1] = rows.at(-1)!.map((text, column) => text + first![column]!);
      rows.push(...rest);
    } else rows.push(...next.rows);
    last += 1;
  }
  return { rows, last };
}

/** Prose in two columns is read down the one and then down the other. */
function inColumns(lines: readonly PageLine[], right: number): Block[] {
  const out: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const end = columnsFrom(lines, at);
    if (end === at) {
      out.push({ ...lines[at]!, right });
      continue;
    }
    const run = lines.slice(at, end);
    const gutter = Math.min(...run.flatMap(({ cells }) => (cells.length === 2 ? [cells[1]!.left] : [])));
    for (const isOwn of [({ left }: PlacedText) => left < gutter, ({ left }: PlacedText) => left >= gutter]) {
      const column = run.flatMap((line) => {
        const cells = line.cells.filter(isOwn);
        return cells.length > 0 ? [{ ...line, cells }] : [];
      });
      const edge = rightEdge(column);
      out.push(...column.map((line) => ({ ...line, right: edge })));
    }
    at = end - 1;
  }
  return out;
}

/** Behind the lines that stand in two columns of prose; the first itself where there are none. */
function columnsFrom(lines: readonly PageLine[], at: number): number {
  let end = at;
  let [left, right, both] = [-Infinity, Infinity, 0];
  for (; end < lines.length; end++) {
    const [one, other, ...more] = lines[end]!.cells;
    if (!one || more.length > 0) break;
    if (other) {
      [left, right] = [Math.max(left, one.left + one.width), Math.min(right, other.left)];
      both += 1;
    } else if (both > 0 && one.left < left && one.left + one.width > right) break;
    if (left >= right) break;
  }
  const run = lines.slice(at, end).filter(({ cells }) => cells.length === 2);
  const long = run.filter(({ cells }) => cells.every(({ text }) => [...text].length >= COLUMN_LETTERS)).length;
  return both >= COLUMN_LINES && lines[at]!.cells.length === 2 && long * 3 >= run.length * 2 ? end : at;
}

function withoutPageNumber(lines: PageLine[], isLast: boolean): PageLine[] {
  const last = lines[lines.length - 1]?.cells.map(({ text }) => text).join('') ?? '';
  const is = /^(?:第\s?\d+\s?页.*|[-—–－·•]?\s?\d{1,4}\s?[-—–－·•]?|\d+\s?\/\s?\d+)$/.test(last);
  return isLast && is ? lines.slice(0, -1) : lines;
}

function linesOf(pieces: readonly PlacedText[], page: number): PageLine[] {
  return onLines(pieces).map((line) => ({ cells: joined(line), bottom: line[0]!.bottom, page }));
}

function joined(row: readonly PlacedText[]): PlacedText[] {
  const cells: PlacedText[] = [];
  for (const piece of row) {
    const last = cells[cells.length - 1];
    const gap = last ? piece.left - (last.left + last.width) : Infinity;
    if (last && gap <= CELL_GAP * piece.size) {
      cells[cells.length - 1] = { ...last, text: last.text + piece.text, width: piece.left + piece.width - last.left };
    } else cells.push(piece);
  }
  return cells.map((cell) => ({ ...cell, text: cell.text.trim() }));
}

function rightEdge(lines: readonly PageLine[]): number {
  const ends = lines.flatMap(({ cells }) => (cells.length === 1 ? [cells[0]!.left + cells[0]!.width] : []));
  return Math.max(0, ...ends);
}
