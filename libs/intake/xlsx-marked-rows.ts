import { PROBLEMS_COLUMN } from './column-names';
import type { ProblemsInOrder, RowProblems } from './row-problems';
import type { Head } from './source-head';
import { brokenWorkbook } from './xlsx-package';
import { textCell } from './xlsx-cell-writing';
import type { MarkedStyles } from './xlsx-marked-styles';
import { columnOfReference } from './xlsx-reference';
import { columnLetters } from './source-file';

const CHARACTERS_PER_ROW = 64 * 1024 * 1024;
const ROW = /<((?:\w+:)?)row\b([^<>]*?)(\/?)>/g;
const CELL = /<((?:\w+:)?)c\b([^<>]*?)(?:\/>|>[\s\S]*?<\/\1c>)/g;

interface Cell {
  readonly column: number;
  readonly xml: string;
}

/** Writes a sheet as it is, but for the cells that something is wrong with, and a last column that says what. */
export class MarkedRows {
  private row = 0;
  private readonly column: number;

  constructor(
    private readonly sheet: string,
    private readonly head: Head,
    private readonly problems: ProblemsInOrder,
    private readonly styles: MarkedStyles,
  ) {
    const before = head.names.indexOf(PROBLEMS_COLUMN);
    this.column = before < 0 ? head.names.length : before;
  }

  async *of(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    let text = '';
    for await (const piece of pieces) {
      text += piece;
      let done = 0;
      ROW.lastIndex = 0;
      for (let match = ROW.exec(text); match; match = ROW.exec(text)) {
        const [tag, prefix, attributes, closed] = match as unknown as [string, string, string, string];
        const close = `</${prefix}row>`;
        const inside = match.index + tag.length;
        const end = closed ? inside : text.indexOf(close, inside);
        if (end < 0) {
          yield text.slice(done, match.index);
          done = match.index;
          break;
        }
        const rest = closed ? inside : end + close.length;
        this.row = Number(/(?:^|\s)r\s*=\s*["'](\d+)["']/.exec(attributes)?.[1] ?? this.row + 1);
        if (this.needsWriting(text, inside, end)) {
          yield (
            text.slice(done, match.index) +
            (await this.rewrite(prefix, attributes, closed ? '' : text.slice(inside, end)))
          );
          done = rest;
        }
        ROW.lastIndex = rest;
        if (rest > done && rest - done > 1_000_000) {
          yield text.slice(done, rest);
          done = rest;
        }
      }
      const keepFrom = Math.max(done, text.lastIndexOf('<'));
      const from = /<(?:\w+:)?row\b/.test(text.slice(done, done + 20)) ? done : keepFrom;
      yield text.slice(done, from);
      text = text.slice(from);
      if (text.length > CHARACTERS_PER_ROW) throw brokenWorkbook(this.sheet);
    }
    yield text;
  }

  private needsWriting(text: string, inside: number, end: number): boolean {
    if (this.row === this.head.row || this.problems.rowIn(this.sheet) === this.row) return true;
    return text.slice(inside, end).includes(`"${columnLetters(this.column)}${this.row}"`);
  }

  private async rewrite(prefix: string, attributes: string, inside: string): Promise<string> {
    const { row } = this;
    const isHead = row === this.head.row;
    const wrong: RowProblems | undefined =
      !isHead && this.problems.rowIn(this.sheet) === row ? await this.problems.take(this.sheet) : undefined;
    const cells = cellsOf(inside).filter(({ column }) => column !== this.column);
    const marked = cells.map(({ column, xml }) => ({ column, xml: wrong?.columns.has(column) ? this.mark(xml) : xml }));
    for (const column of wrong?.columns ?? []) {
      if (column === this.column || cells.some((cell) => cell.column === column)) continue;
      const xml = `<${prefix}c r="${columnLetters(column)}${row}" s="${this.styles.marked(0)}"/>`;
      marked.push({ column, xml });
    }
    const said = isHead ? PROBLEMS_COLUMN : wrong?.text;
    if (said)
      marked.push({ column: this.column, xml: textCell(row, this.column, said, this.styles.marked(0), prefix) });
    marked.sort((one, other) => one.column - other.column);
    const kept = attributes.replace(/\s(spans|r)\s*=\s*(["'])[^"']*\2/g, '');
    return `<${prefix}row r="${row}"${kept}>${marked.map(({ xml }) => xml).join('')}</${prefix}row>`;
  }

  private mark(cell: string): string {
    const style = Number(/^<[^>]*?\ss\s*=\s*["'](\d+)["']/.exec(cell)?.[1] ?? 0);
    const plain = cell.replace(/^(<[^>]*?)\ss\s*=\s*["']\d+["']/, '$1');
    return plain.replace(/^<((?:\w+:)?)c\b/, `<$1c s="${this.styles.marked(style)}"`);
  }
}

function cellsOf(inside: string): Cell[] {
  let column = -1;
  return [...inside.matchAll(CELL)].map(([xml, , attributes]) => {
    const reference = /(?:^|\s)r\s*=\s*["']([A-Z]+\d+)["']/.exec(attributes!)?.[1];
    column = reference === undefined ? column + 1 : columnOfReference(reference);
    return { column, xml };
  });
}
