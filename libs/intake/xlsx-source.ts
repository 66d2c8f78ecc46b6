import { hiddenSheet } from './sheet-notices';
import { headMissing } from './source-head';
import type { HiddenCells, Notice, SourceFile } from './source-file';
import { LISTS_SHEET, NOTES_SHEET } from './template-sheets';
import { XlsxPackage } from './xlsx-package';
import { readWorkbookParts, type SheetPart } from './xlsx-parts';
import { XlsxSheet } from './xlsx-sheet';
import { XlsxStrings } from './xlsx-strings';
import { readLooks } from './xlsx-styles';

/**
 * Opens a workbook to be read row by row, in little memory however long it is.
 *
 * @throws {SourceRefused} when it cannot be read, or no sheet has a head
 */
export async function openXlsx(path: string, hidden: HiddenCells): Promise<SourceFile> {
  const zip = await XlsxPackage.open(path);
  let strings: XlsxStrings | undefined;
  const close = async (): Promise<void> => {
    strings?.close();
    zip.close();
  };
  try {
    const parts = await readWorkbookParts(zip);
    const looks = await readLooks(zip, parts.styles);
    strings = await XlsxStrings.read(zip, parts.strings);
    const book = { zip, strings, looks, from1904: parts.from1904 };
    const sheets: XlsxSheet[] = [];
    const notices: Notice[] = [];
    for (const part of withoutOurs(parts.sheets)) {
      const sheet = await XlsxSheet.open(book, part, hidden);
      if (sheet && !(part.hidden && hidden === 'leave')) sheets.push(sheet);
      else notices.push(notRead(part));
    }
    if (sheets.length === 0) throw headMissing();
    return { format: 'xlsx', sheets, notices, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A template's own sheets hold no entries. */
function withoutOurs(sheets: readonly SheetPart[]): readonly SheetPart[] {
  if (!sheets.some(({ name, hidden }) => name === LISTS_SHEET && hidden)) return sheets;
  return sheets.filter(({ name }) => name !== LISTS_SHEET && name !== NOTES_SHEET);
}

function notRead({ name, hidden }: SheetPart): Notice {
  if (hidden) return hiddenSheet(name);
  return {
    code: 'sheet_without_head',
    sheet: name,
    row: null,
    column: null,
    sentence: {
      zh: `工作表“${name}”没有表头（列名），没有读取。`,
      en: `The sheet "${name}" has no head (names of columns) and is not read.`,
    },
  };
}
