import { XlsxPackage } from '../../intake/xlsx-package';
import { readXml } from '../../intake/xlsx-xml';
import { GatheredText } from './gathered-text';
import { asReport, brokenReport, unpacksTooLarge } from './report-refused';

const BODY = 'word/document.xml';
const BODY_BYTES_AT_MOST = 256 * 1024 * 1024;

interface OpenTable {
  readonly rows: string[][];
  cell: string;
  /** How many columns the open cell spans. */
  span: number;
  /** Whether it goes on from the row above. */
  merged: boolean;
}

/** Notes that stand at the foot of a page or at the end, told behind the text. */
const NOTES = ['word/footnotes.xml', 'word/endnotes.xml'];

/** The paragraphs, tables, text boxes and notes of a Word document, without headers and what was struck out or moved. */
export async function readDocx(path: string): Promise<string> {
  let zip: XlsxPackage | undefined;
  try {
    zip = await XlsxPackage.open(path);
    if (!zip.has(BODY)) throw brokenReport(BODY);
    if (zip.sizeOf(BODY) > BODY_BYTES_AT_MOST) throw unpacksTooLarge();
    const body = new Body();
    const pieces = readXml(zip.bytes(BODY), BODY, body);
    while (!(await pieces.next()).done);
    for (const part of NOTES) {
      if (!zip.has(part)) continue;
      if (zip.sizeOf(part) > BODY_BYTES_AT_MOST) throw unpacksTooLarge();
      const notes = readXml(zip.bytes(part), part, body);
      while (!(await notes.next()).done);
    }
    return body.gathered.text;
  } catch (error) {
    throw asReport(error);
  } finally {
    zip?.close();
  }
}

/** What is shown in another way too, and what was moved to another place. */
const NOT_READ = new Set(['Fallback', 'moveFrom']);

class Body {
  readonly gathered = new GatheredText();
  private readonly tables: OpenTable[] = [];
  private paragraph = '';
  private inText = false;
  /** Depth inside what a newer Word shows in another way too. */
  private fallback = 0;
  /** Paragraphs that a text box stands in, as far as they were read. */
  private readonly outer: string[] = [];

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (NOT_READ.has(name)) this.fallback += 1;
    if (this.fallback > 0) return;
    const table = this.tables.at(-1);
    if (name === 't') this.inText = true;
    else if (name === 'txbxContent') {
      this.outer.push(this.paragraph);
      this.paragraph = '';
    } else if (name === 'tab' && this.paragraph !== '') this.paragraph += ' ';
    else if (name === 'br' || name === 'cr') this.paragraph += '\n';
    else if (name === 'noBreakHyphen') this.paragraph += '-';
    else if (name === 'tbl') this.openTable();
    else if (name === 'tr') table?.rows.push([]);
    else if (name === 'tc' && table) Object.assign(table, { cell: '', span: 1, merged: false });
    else if (name === 'gridSpan' && table) table.span = Math.min(60, Number(attributeOf(attributes, 'val')) || 1);
    else if (name === 'vMerge' && table) table.merged = attributeOf(attributes, 'val') !== 'restart';
  }

  text(text: string): void {
    if (this.inText && this.fallback === 0) this.paragraph += text;
  }

  close(name: string): void {
    if (NOT_READ.has(name)) this.fallback -= 1;
    if (this.fallback > 0) return;
    const table = this.tables.at(-1);
    if (name === 't') this.inText = false;
    else if (name === 'txbxContent') this.paragraph = this.outer.pop() ?? '';
    else if (name === 'p') this.closeParagraph(table);
    else if (name === 'tc' && table) this.closeCell(table);
    else if (name === 'tbl' && table) this.closeTable(table);
  }

  private openTable(): void {
    this.tables.push({ rows: [], cell: '', span: 1, merged: false });
  }

  private closeParagraph(table: OpenTable | undefined): void {
    if (table) table.cell += this.paragraph;
    else for (const line of this.paragraph.split('\n')) this.gathered.addLine(line);
    this.paragraph = '';
  }

  private closeCell(table: OpenTable): void {
    const cells = table.rows.at(-1);
    cells?.push(table.merged ? '' : table.cell, ...Array.from({ length: table.span - 1 }, () => ''));
  }

  /** A table within a cell becomes its text. */
  private closeTable(table: OpenTable): void {
    this.tables.pop();
    const outer = this.tables.at(-1);
    if (outer) outer.cell += table.rows.flat().join(' ');
    else this.gathered.addTable(table.rows.filter((row) => row.length > 0));
  }
}

function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(attributes).find(([key]) => key === name || key.endsWith(`:${name}`))?.[1];
}
