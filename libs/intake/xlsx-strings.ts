import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceRefused } from './source-refused';
import { brokenWorkbook, type XlsxPackage } from './xlsx-package';
import { readXml } from './xlsx-xml';

const MIB = 1024 * 1024;
const BYTES_IN_MEMORY = 48 * MIB;
const PAGE = MIB;
const LENGTH_BYTES = 4;
const STRINGS_AT_MOST = 12_000_000;
const STRINGS_PER_BLOCK = 65_536;
const BYTES_PER_LOOK = 512;
const KEPT = 1024;

/**
 * The texts of a workbook by their number, as bytes one after another: as text of the program, millions of codes would
 * take several times the room. Where they are more than 48 MiB, all of them lie in a file that nobody else sees.
 */
export class XlsxStrings {
  private pages: Buffer[] = [];
  private page = Buffer.allocUnsafe(PAGE);
  private used = 0;
  private pagesDone = 0;
  private file?: number;
  /** Where each text begins, in blocks. */
  private readonly starts: Uint32Array[] = [];
  private count = 0;
  private readonly kept: { at: number; text: string }[] = [];

  /** @throws {SourceRefused} when the part is not sound, or holds more texts than a workbook of entries does */
  static async read(zip: XlsxPackage, part: string | null): Promise<XlsxStrings> {
    const strings = new XlsxStrings();
    if (part === null) return strings;
    let [text, phonetic, inText] = ['', false, false];
    const pieces = readXml(zip.bytes(part), part, {
      open: (name) => {
        if (name === 'si') text = '';
        if (name === 'rPh') phonetic = true;
        if (name === 't') inText = !phonetic;
      },
      close: (name) => {
        if (name === 't') inText = false;
        if (name === 'rPh') phonetic = false;
        if (name === 'si') strings.add(text, part);
      },
      text: (more) => {
        if (inText) text += more;
      },
    });
    try {
      while (!(await pieces.next()).done);
      return strings;
    } catch (error) {
      strings.close();
      throw error;
    }
  }

  /** @returns undefined where there is no text of that number */
  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.count)) return undefined;
    const kept = this.kept[index % KEPT];
    if (kept?.at === index) return kept.text;
    const start = this.starts[Math.floor(index / STRINGS_PER_BLOCK)]![index % STRINGS_PER_BLOCK]!;
    const text = unescapeXml(this.textFrom(start));
    this.kept[index % KEPT] = { at: index, text };
    return text;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.pages = [];
    this.count = 0;
  }

  private add(text: string, part: string): void {
    if (this.count === STRINGS_AT_MOST) {
      throw new SourceRefused(
        'too_many_texts',
        '工作簿里不同的文字过多，请拆成几份上传。',
        'The workbook holds too many different texts; split it.',
      );
    }
    const length = Buffer.byteLength(text);
    if (length + LENGTH_BYTES > PAGE) throw brokenWorkbook(part);
    if (this.used + LENGTH_BYTES + length > PAGE) this.turnPage();
    if (this.count % STRINGS_PER_BLOCK === 0) this.starts.push(new Uint32Array(STRINGS_PER_BLOCK));
    this.starts.at(-1)![this.count++ % STRINGS_PER_BLOCK] = this.pagesDone * PAGE + this.used;
    this.page.writeUInt32LE(length, this.used);
    this.page.write(text, this.used + LENGTH_BYTES);
    this.used += LENGTH_BYTES + length;
  }

  private turnPage(): void {
    if (this.file === undefined && (this.pages.length + 1) * PAGE > BYTES_IN_MEMORY) this.moveToFile();
    if (this.file === undefined) {
      this.pages.push(this.page);
      this.page = Buffer.allocUnsafe(PAGE);
    } else {
      writeSync(this.file, this.page, 0, PAGE, this.pagesDone * PAGE);
    }
    this.pagesDone += 1;
    this.used = 0;
  }

  private moveToFile(): void {
    const folder = mkdtempSync(join(tmpdir(), 'marrow-ledger-texts-'));
    this.file = openSync(join(folder, 'texts'), 'wx+', 0o600);
    // Gone with the program, however it ends.
    rmSync(folder, { recursive: true });
    this.pages.forEach((page, at) => writeSync(this.file!, page, 0, PAGE, at * PAGE));
    this.pages = [];
  }

  private textFrom(start: number): string {
    const number = Math.floor(start / PAGE);
    const page = number === this.pagesDone ? this.page : this.pages[number];
    if (page) {
      const from = start % PAGE;
      return page.toString('utf8', from + LENGTH_BYTES, from + LENGTH_BYTES + page.readUInt32LE(from));
    }
    const look = Buffer.allocUnsafe(BYTES_PER_LOOK);
    readSync(this.file!, look, 0, BYTES_PER_LOOK, start);
    const length = look.readUInt32LE(0);
    if (length <= BYTES_PER_LOOK - LENGTH_BYTES) return look.toString('utf8', LENGTH_BYTES, LENGTH_BYTES + length);
    const whole = Buffer.allocUnsafe(length);
    readSync(this.file!, whole, 0, length, start + LENGTH_BYTES);
    return whole.toString('utf8');
  }
}

/** What XML cannot hold, Excel writes as `_x000D_`. */
export function unescapeXml(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
