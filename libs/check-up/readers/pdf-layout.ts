/** A piece of a page's text where it stands; the page's bottom is 0. */
export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly size: number;
}

interface PageLine {
  readonly cells: PlacedText[];
  readonly bottom: number;
}

const HEADING = /^(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|\d+[.、．](?!\d))/;
/** So many heights of a letter apart, two pieces of a line are two cells. */
const CELL_GAP = 0.9;

/** The lines of all pages: paragraphs put together again, tables as cells between tabs, also over the end of a page. */
export function layOut(pages: readonly (readonly PlacedText[])[]): string[] {
  const lines = pages.flatMap((pieces) => withoutPageNumber(linesOf(pieces.filter(({ text }) => text.trim() !== ''))));
  const right = rightEdge(lines);
  const out: string[] = [];
  let joining = false;
  for (let at = 0; at < lines.length; at++) {
    const table = tableFrom(lines, at);
    if (table > at + 1) {
      out.push('', ...rowsOf(lines.slice(at, table)), '');
      at = table - 1;
      joining = false;
      continue;
    }
    const { cells } = lines[at]!;
    const text = cells.map((cell) => cell.text).join(' ');
    if (joining) out[out.length - 1] += text;
    else out.push(text);
    const last = cells[cells.length - 1]!;
    const next = lines[at + 1]?.cells[0]?.text;
    // A line that reaches the margin goes on in the next.
    const full = last.left + last.width >= right - 1.6 * last.size && !/[。：；]$/.test(last.text);
    joining = full && next !== undefined && !HEADING.test(next) && tableFrom(lines, at + 1) <= at + 2;
  }
  return out;
}

function withoutPageNumber(lines: PageLine[]): PageLine[] {
  const last = lines[lines.length - 1]?.cells.map(({ text }) => text).join('') ?? '';
  return /^(?:第\s?\d+\s?页.*|[-—–－]?\s?\d{1,4}\s?[-—–－]?|\d+\s?\/\s?\d+)$/.test(last) ? lines.slice(0, -1) : lines;
}

function linesOf(pieces: readonly PlacedText[]): PageLine[] {
  const rows: PlacedText[][] = [];
  for (const piece of [...pieces].sort((one, other) => other.bottom - one.bottom || one.left - other.left)) {
    const row = rows[rows.length - 1];
    if (row && Math.abs(row[0]!.bottom - piece.bottom) <= 0.45 * piece.size) row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => ({
    cells: joined(row.sort((one, other) => one.left - other.left)),
    bottom: row[0]!.bottom,
  }));
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

/** The line behind a table that begins here. */
function tableFrom(lines: readonly PageLine[], at: number): number {
  let end = at;
  while ((lines[end]?.cells.length ?? 0) >= 2) end++;
  return end;
}

/** Cells stand in the column that they overlap, so that an empty cell stays empty. */
function rowsOf(lines: readonly PageLine[]): string[] {
  const spans: { left: number; right: number }[] = [];
  const all = lines.flatMap(({ cells }) => cells.map(({ left, width }) => ({ left, right: left + width })));
  for (const { left, right } of all.sort((one, other) => one.left - other.left)) {
    const last = spans[spans.length - 1];
    if (last && left < last.right) last.right = Math.max(last.right, right);
    else spans.push({ left, right });
  }
  return lines.map(({ cells }) => {
    const row = spans.map(() => '');
    for (const cell of cells) {
      const column = spans.findIndex(({ left, right }) => cell.left >= left - 0.1 && cell.left <= right);
      row[Math.max(0, column)] += cell.text;
    }
    return row.join('\t');
  });
}
