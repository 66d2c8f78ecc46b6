/** A text, or a decimal that can be added up. */
export type SavedCell = string | { readonly decimal: string };

export interface SavedTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SavedCell[])[];
}

export interface SaidParts {
  readonly numerator: string;
  readonly denominator: string;
  readonly unit: string;
  readonly note: string;
}

/** What one cell of the page comes to: its number, and what is said beside it under names of their own. */
interface ReadCell {
  readonly main: SavedCell;
  readonly unit: string;
  readonly beside: ReadonlyMap<string, SavedCell>;
}

const NOTHING: ReadCell = { main: '', unit: '', beside: new Map() };
/** What is there for the eye or the mouse alone. */
const LEFT_OUT = '[aria-hidden="true"], .card-link, svg';

/**
 * A table as it is shown, in its order and language: each number in a cell of its own, with a rate's numerator and
 * denominator, and what stands small beside it, in columns after it. Units stand in the head where a column has one.
 */
export function readTable(table: HTMLTableElement, said: SaidParts): SavedTable {
  const body = grid([...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])].flatMap(({ rows }) => [...rows]));
  const columns = titles(table).flatMap((title, at) => {
    const cells = body.map((row) => (row[at] ? readCell(row[at], said) : NOTHING));
    const units = [...new Set(cells.map(({ unit }) => unit).filter(Boolean))];
    const unit = units.length === 1 && !title.includes(units[0]!) ? `（${units[0]}）` : '';
    const names = [...new Set(cells.flatMap(({ beside }) => [...beside.keys()]))];
    return [
      { title: `${title}${unit}`, cells: cells.map(({ main }) => main) },
      ...(units.length > 1 ? [{ title: `${title} · ${said.unit}`, cells: cells.map((cell) => cell.unit) }] : []),
      ...names.map((name) => ({
        title: `${title} · ${name}`,
        cells: cells.map(({ beside }) => beside.get(name) ?? ''),
      })),
    ];
  });
  const filled = columns.filter(({ title, cells }) => title !== '' || cells.some((cell) => cell !== ''));
  return {
    columns: filled.map(({ title }) => title),
    rows: body.map((_, row) => filled.map(({ cells }) => cells[row] ?? '')),
  };
}

/** Each cell at its first place; the others that it spans are empty, but for heads, which hold for all of theirs. */
function grid(rows: readonly HTMLTableRowElement[]): (HTMLTableCellElement | undefined)[][] {
  const filled: (HTMLTableCellElement | undefined)[][] = rows.map(() => []);
  const taken = rows.map(() => new Set<number>());
  rows.forEach((row, at) => {
    let column = 0;
    for (const cell of row.cells) {
      while (taken[at]!.has(column)) column += 1;
      const head = cell.closest('thead') !== null;
      for (let down = 0; down < cell.rowSpan && at + down < rows.length; down += 1) {
        for (let across = 0; across < cell.colSpan; across += 1) {
          taken[at + down]!.add(column + across);
          if (head || (down === 0 && across === 0)) filled[at + down]![column + across] = cell;
        }
      }
      column += cell.colSpan;
    }
  });
  return filled;
}

/** Says to each number what heads its column, for where a row is shown by itself. */
export function nameCells(table: HTMLTableElement): void {
  const names = titles(table);
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  grid(rows).forEach((row) =>
    row.forEach((cell, at) => {
      if (cell?.tagName === 'TD') cell.dataset['label'] = names[at];
    }),
  );
}

/** What heads each column, in all rows of the head. */
function titles(table: HTMLTableElement): string[] {
  const heads = grid([...(table.tHead?.rows ?? [])]);
  return Array.from({ length: Math.max(0, ...heads.map((row) => row.length)) }, (_, at) =>
    [...new Set(heads.map((row) => headText(row[at])))].filter(Boolean).join(' · '),
  );
}

/** `请求` and a small `人次` are `请求（人次）`. */
function headText(cell: HTMLTableCellElement | undefined): string {
  if (!cell) return '';
  const copy = readable(cell);
  const small = taken(copy, 'small').map(textOf).filter(Boolean);
  return [textOf(copy), ...small.map((one) => `（${one}）`)].join('');
}

function readCell(cell: HTMLTableCellElement, said: SaidParts): ReadCell {
  const copy = readable(cell);
  const beside = new Map<string, SavedCell>();
  const [fraction] = taken(copy, '.fraction');
  const smalls = taken(copy, 'small');
  for (const unit of copy.querySelectorAll('.unit')) unit.remove();
  const number = copy.querySelector('data');
  number?.remove();
  const text = textOf(copy);
  if (fraction) {
    const parts = [...fraction.querySelectorAll('data')];
    if (parts[0]) beside.set(said.numerator, decimalOf(parts[0]));
    if (parts[1]) beside.set(said.denominator, decimalOf(parts[1]));
  }
  const notes = number && text !== '' ? [text] : [];
  for (const small of smalls) {
    const inner = small.querySelector('data');
    inner?.remove();
    for (const unit of small.querySelectorAll('.unit')) unit.remove();
    const name = textOf(small);
    if (inner && name !== '') beside.set(name, decimalOf(inner));
    else if (name !== '') notes.push(name);
  }
  // What has no number is its text, with what is said of it.
  if (!number) return { main: [text, ...notes].filter(Boolean).join(' '), unit: '', beside };
  if (notes.length > 0) beside.set(said.note, notes.join(' '));
  return { main: decimalOf(number), unit: number.dataset['unit'] ?? '', beside };
}

function decimalOf({ value }: HTMLDataElement): SavedCell {
  return { decimal: value };
}

function readable(cell: HTMLTableCellElement): HTMLElement {
  const copy = cell.cloneNode(true) as HTMLElement;
  for (const one of copy.querySelectorAll(LEFT_OUT)) one.remove();
  return copy;
}

/** The outermost elements of a kind, taken out of what they stand in. */
function taken(from: HTMLElement, selector: string): HTMLElement[] {
  const found = [...from.querySelectorAll<HTMLElement>(selector)].filter(
    (one) => !one.parentElement?.closest(selector) || !from.contains(one.parentElement.closest(selector)),
  );
  for (const one of found) one.remove();
  return found;
}

/** Pieces that stand apart on the page are apart in the text. */
function textOf(element: HTMLElement): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const pieces: string[] = [];
  while (walker.nextNode()) pieces.push(walker.currentNode.textContent ?? '');
  return pieces.join(' ').replace(/\s+/g, ' ').trim();
}
