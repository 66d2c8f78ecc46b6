import { HALF_TARGET_HEADING, type FormDefinition } from '../assessment/forms';
import { DomainError } from '../core/domain-error';
import { asRefusal } from '../intake/source-refused';
import { columnLetters } from '../intake/source-file';
import { XlsxPackage } from '../intake/xlsx-package';
import { readWorkbookParts, type SheetPart } from '../intake/xlsx-parts';
import { XlsxRows, type XlsxReading } from '../intake/xlsx-rows';
import { XlsxStrings } from '../intake/xlsx-strings';
import { readLooks } from '../intake/xlsx-styles';

/** A row of the form's table of lines, as a workbook in the form's own layout holds it. */
export interface WorkbookLine {
  /** As Excel numbers it. */
  readonly row: number;
  readonly name: string;
  readonly target: WorkbookCell | null;
  readonly halfTarget: WorkbookCell | null;
}

export interface WorkbookCell {
  readonly text: string;
  /** `C`. */
  readonly column: string;
  /** What Excel would reckon or could not; such a cell is not taken. */
  readonly fault: boolean;
}

interface Places {
  readonly name: number;
  readonly target: number;
  readonly halfTarget: number | null;
}

const LINES_AT_MOST = 1000;

/**
 * The lines of a workbook in the form's own layout: from the row that has the headings of the name and of the target.
 *
 * @throws {DomainError} when the file cannot be read, or no sheet has these headings
 */
export async function readFormWorkbook(path: string, form: FormDefinition): Promise<WorkbookLine[]> {
  try {
    const zip = await XlsxPackage.open(path);
    let strings: XlsxStrings | undefined;
    try {
      const parts = await readWorkbookParts(zip);
      const looks = await readLooks(zip, parts.styles);
      strings = await XlsxStrings.read(zip, parts.strings);
      const book = { zip, strings, looks, from1904: parts.from1904 };
      for (const sheet of parts.sheets) {
        const lines = await linesOf(book, sheet, form);
        if (lines !== undefined) return lines;
      }
    } finally {
      strings?.close();
      zip.close();
    }
  } catch (error) {
    throw asRefusal(error);
  }
  throw headingsMissing(form);
}

async function linesOf(book: XlsxReading, sheet: SheetPart, form: FormDefinition): Promise<WorkbookLine[] | undefined> {
  let places: Places | undefined;
  const lines: WorkbookLine[] = [];
  for await (const rows of new XlsxRows(book, sheet.part).pieces()) {
    for (const { row, cells } of rows) {
      const at = (column: number | null) => cells.find((cell) => cell.column === column);
      if (!places) {
        places = placesIn(cells, form);
        continue;
      }
      const name = at(places.name)?.text.trim() ?? '';
      // What is signed below the table ends with a colon and leaves room for the pen.
      if (name === '' || /[：:]$/.test(name) || lines.length >= LINES_AT_MOST) continue;
      const cellAt = (column: number | null): WorkbookCell | null => {
        const cell = at(column);
        if (!cell || (cell.text.trim() === '' && cell.fault === undefined)) return null;
        return { text: cell.text.trim(), column: columnLetters(cell.column), fault: cell.fault !== undefined };
      };
      lines.push({ row, name, target: cellAt(places.target), halfTarget: cellAt(places.halfTarget) });
    }
  }
  return places && lines;
}

function placesIn(
  cells: readonly { readonly column: number; readonly text: string }[],
  { tiers, columns }: FormDefinition,
): Places | undefined {
  const find = (heading: string | undefined): number | undefined =>
    heading === undefined ? undefined : cells.find(({ text }) => plain(text) === plain(heading))?.column;
  const headingOf = (key: 'target' | 'halfTarget') => columns.find((column) => column.key === key)?.heading;
  const [name, target] = [find(tiers.at(-1)), find(headingOf('target'))];
  if (name === undefined || target === undefined) return undefined;
  return { name, target, halfTarget: find(headingOf('halfTarget') ?? HALF_TARGET_HEADING) ?? null };
}

/** Without what a printed heading may be broken by. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

function headingsMissing({ tiers, columns }: FormDefinition): DomainError {
  const target = columns.find(({ key }) => key === 'target')?.heading ?? '';
  return new DomainError(
    'columns_missing',
    {
      zh: `文件里找不到自评表的表头：要有“${tiers.at(-1)}”和“${target}”两列。可以先导出本表，改好指标值再导入。`,
      en: `No heading of the form was found: the columns "${tiers.at(-1)}" and "${target}" are needed. Export the form, change its targets, and import that.`,
    },
    { field: 'file' },
  );
}
