import { XlsxWriter } from '../../libs/intake/xlsx-writer';

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook as somebody else's program may write them. */
export interface HandMadeWorkbook {
  /** What stands in `<worksheet>`, by the sheets' names; or of the one sheet, what stands in `<sheetData>`. */
  readonly sheets?: Readonly<Record<string, string>>;
  readonly rows?: string | (() => Iterable<string>);
  readonly behindRows?: string;
  readonly beforeRows?: string;
  /** What stands in `<workbookPr>`. */
  readonly properties?: string;
  readonly hidden?: readonly string[];
  /** What stands in `<sst>`. */
  readonly strings?: string | (() => Iterable<string>);
  /** What stands in `<styleSheet>`. */
  readonly styles?: string;
  /** Further parts, or others in place of these. */
  readonly parts?: Readonly<Record<string, string>>;
}

export async function writeWorkbook(path: string, book: HandMadeWorkbook): Promise<string> {
  const writer = await XlsxWriter.create(path);
  const rows = book.rows ?? '';
  const names = Object.keys(book.sheets ?? { 表: '' });
  const parts: Record<string, string | Iterable<string>> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONS}"><workbookPr ${book.properties ?? ''}/><sheets>${names
      .map((name, at) => {
        const state = book.hidden?.includes(name) ? ' state="hidden"' : '';
        return `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"${state}/>`;
      })
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, at): [string, string] => ['worksheet', `worksheets/sheet${at + 1}.xml`]),
      ['sharedStrings', 'sharedStrings.xml'],
      ['styles', '/xl/styles.xml'],
    ]),
    'xl/styles.xml': `<styleSheet xmlns="${SPREADSHEET}">${book.styles ?? '<cellXfs><xf numFmtId="0"/></cellXfs>'}</styleSheet>`,
    'xl/sharedStrings.xml': around('sst', book.strings ?? ''),
    ...(book.sheets
      ? Object.fromEntries(
          Object.values(book.sheets).map((sheet, at) => [
            `xl/worksheets/sheet${at + 1}.xml`,
            around('worksheet', sheet),
          ]),
        )
      : {
          'xl/worksheets/sheet1.xml': (function* () {
            yield `<worksheet xmlns="${SPREADSHEET}">${book.beforeRows ?? ''}<sheetData>`;
            yield* typeof rows === 'string' ? [rows] : rows();
            yield `</sheetData>${book.behindRows ?? ''}</worksheet>`;
          })(),
        }),
    ...book.parts,
  };
  for (const [name, text] of Object.entries(parts)) await writer.add(name, typeof text === 'string' ? [text] : text);
  await writer.end();
  await writer.close();
  return path;
}

function* around(name: string, inside: string | (() => Iterable<string>)): Iterable<string> {
  yield `<${name} xmlns="${SPREADSHEET}">`;
  yield* typeof inside === 'string' ? [inside] : inside();
  yield `</${name}>`;
}

function relations(all: readonly [type: string, target: string][]): string {
  const one = all.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${one.join('')}</Relationships>`;
}

/** A row of texts, numbered. */
export function textRow(row: number, texts: readonly string[], attributes = ''): string {
  const cells = texts.map((text, at) =>
    text === '' ? '' : `<c r="${String.fromCharCode(65 + at)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${row}" ${attributes}>${cells.join('')}</row>`;
}

export const HEAD_ROW = textRow(1, ['种类', '机构', '日期', '数量']);
