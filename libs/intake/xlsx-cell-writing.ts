import { xmlText } from '../core/xml-text';
import { columnLetters } from './source-file';

const CHARACTERS_PER_CELL = 32_767;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it may stand in XML, in an attribute too. */
export function escapeXml(text: string): string {
  return xmlText(text).replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}

/**
 * A cell that holds a text: never a formula, whatever it begins with.
 *
 * @param column counted from 0
 * @param prefix of the sheet's names, like `x:`
 */
export function textCell(row: number, column: number, text: string, style: number | null, prefix = ''): string {
  const shown = escapeXml(text.length > CHARACTERS_PER_CELL ? `${text.slice(0, CHARACTERS_PER_CELL - 1)}…` : text);
  const look = style === null ? '' : ` s="${style}"`;
  const open = `<${prefix}c r="${columnLetters(column)}${row}"${look} t="inlineStr">`;
  return `${open}<${prefix}is><${prefix}t xml:space="preserve">${shown}</${prefix}t></${prefix}is></${prefix}c>`;
}
