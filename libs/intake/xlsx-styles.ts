import type { XlsxPackage } from './xlsx-package';
import { readWholeXml } from './xlsx-xml';

/** How a number in a cell is shown, as far as it changes what the number says. */
export type NumberLook =
  | { readonly as: 'number' | 'date' | 'percent' }
  /** A code shown with zeros before it, to so many digits. */
  | { readonly as: 'digits'; readonly digits: number }
  /** With the words that the format puts around it: `0.00"人次"`. */
  | { readonly as: 'worded'; readonly before: string; readonly decimals: number; readonly after: string };

const AS_NUMBER: NumberLook = { as: 'number' };

/** Formats that a file names by number only, Excel's for Chinese among them. */
const DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const isChineseDate = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
const PERCENTS = new Set([9, 10]);

/**
 * The looks of cells by the number of their style.
 *
 * @param worded whether the words of a format are wanted, for whoever reads what a person would
 */
export async function readLooks(zip: XlsxPackage, part: string | null, worded = false): Promise<NumberLook[]> {
  const looks: NumberLook[] = [];
  if (part === null) return looks;
  const codes = new Map<number, string>();
  let ofCells = false;
  await readWholeXml(zip.bytes(part), part, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') ofCells = true;
      if (name !== 'xf' || !ofCells) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      const code = codes.get(id);
      looks.push(code === undefined ? lookOfNumber(id) : (worded && wordedLook(code)) || lookOf(code));
    },
    close: (name) => {
      if (name === 'cellXfs') ofCells = false;
    },
  });
  return looks;
}

function lookOfNumber(id: number): NumberLook {
  if (DATES.has(id) || isChineseDate(id)) return { as: 'date' };
  return PERCENTS.has(id) ? { as: 'percent' } : AS_NUMBER;
}

function wordedLook(code: string): NumberLook | undefined {
  const [, before = '', decimals = '', after = ''] = /^(?:"([^"]*)")?0(?:\.(0+))?(?:"([^"]*)")?$/.exec(code) ?? [];
  return before + after === '' ? undefined : { as: 'worded', before, decimals: decimals.length, after };
}

/** By a format as it is written, like `yyyy"年"m"月"d"日"`. */
export function lookOf(code: string): NumberLook {
  const [first = ''] = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    // Colours, languages and conditions; not lengths of time like [h].
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';');
  if (/general/i.test(first)) return AS_NUMBER;
  if (/^0{2,}$/.test(first)) return { as: 'digits', digits: first.length };
  if (/[yd]|[hms]/i.test(first.replace(/e[+-]/gi, ''))) return { as: 'date' };
  return first.includes('%') ? { as: 'percent' } : AS_NUMBER;
}
