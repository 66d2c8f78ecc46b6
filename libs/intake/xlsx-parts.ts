import { posix } from 'node:path';
import { SourceRefused } from './source-refused';
import { brokenWorkbook, type XlsxPackage } from './xlsx-package';
import { readWholeXml } from './xlsx-xml';

const SHEETS_AT_MOST = 200;

export interface SheetPart {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

/** Where things are in a workbook. */
export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  readonly from1904: boolean;
  readonly strings: string | null;
  readonly styles: string | null;
}

interface Relation {
  readonly id: string;
  /** The last word of its type: `worksheet`, `sharedStrings`. */
  readonly type: string;
  readonly part: string;
}

/** @throws {SourceRefused} when it is another kind of file, holds macros, or has no sheets */
export async function readWorkbookParts(zip: XlsxPackage): Promise<WorkbookParts> {
  refuseOthers(zip);
  const book = (await relationsOf(zip, '')).find(({ type }) => type === 'officeDocument')?.part;
  if (book === undefined || !zip.has(book)) throw notAWorkbook();
  const relations = await relationsOf(zip, book);
  const named: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readWholeXml(zip.bytes(book), book, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
      const hidden = (attributes['state'] ?? 'visible') !== 'visible';
      named.push({ name: attributes['name'] ?? '', id, hidden });
    },
  });
  const sheets = named.flatMap(({ name, id, hidden }) => {
    const relation = relations.find((one) => one.id === id);
    return relation?.type === 'worksheet' && zip.has(relation.part) ? [{ name, part: relation.part, hidden }] : [];
  });
  if (sheets.length === 0) {
    throw new SourceRefused('workbook_without_sheets', '工作簿里没有工作表。', 'The workbook has no sheet.');
  }
  if (sheets.length > SHEETS_AT_MOST) {
    throw new SourceRefused(
      'too_many_sheets',
      `工作簿有 ${sheets.length} 张工作表，最多 ${SHEETS_AT_MOST} 张，请拆成几份。`,
      `The workbook has ${sheets.length} sheets; at most ${SHEETS_AT_MOST} are read. Split it.`,
    );
  }
  const partOf = (type: string): string | null => {
    const part = relations.find((one) => one.type === type)?.part;
    return part !== undefined && zip.has(part) ? part : null;
  };
  return { sheets, from1904, strings: partOf('sharedStrings'), styles: partOf('styles') };
}

export function isTrue(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true';
}

function refuseOthers(zip: XlsxPackage): void {
  if (zip.names.some((name) => /vbaProject\.bin$|^xl\/macrosheets\//i.test(name))) {
    throw new SourceRefused(
      'workbook_with_macros',
      '工作簿含有宏，不予读取。请在 Excel 中另存为“Excel 工作簿（*.xlsx）”再上传。',
      'The workbook holds macros and is not read. In Excel, save it as "Excel Workbook (*.xlsx)".',
    );
  }
  if (zip.has('xl/workbook.bin') || zip.has('content.xml') || !zip.has('[Content_Types].xml')) throw notAWorkbook();
}

export function notAWorkbook(): SourceRefused {
  return new SourceRefused(
    'not_a_workbook',
    '文件不是 xlsx 工作簿。请用 Excel 或 WPS 打开后另存为“Excel 工作簿（*.xlsx）”再上传。',
    'The file is no xlsx workbook. Open it and save it as "Excel Workbook (*.xlsx)".',
  );
}

/** The relations of a part; of the whole package when it is ''. Those that lead out of the package are left out. */
async function relationsOf(zip: XlsxPackage, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const file = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!zip.has(file)) throw part === '' ? notAWorkbook() : brokenWorkbook(file);
  const relations: Relation[] = [];
  await readWholeXml(zip.bytes(file), file, {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), part: target });
    },
  });
  return relations;
}
