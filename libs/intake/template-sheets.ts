import type { KindDefinition } from '../catalogue/kind-definition';
import { KINDS } from '../catalogue/kinds';

/** The sheet of a template that says how to fill it in. */
export const NOTES_SHEET = '说明';

/** The sheet that a template's drop-downs are fed from; nobody sees it. */
export const LISTS_SHEET = '选项';

/** What the sheet to fill in is called: by it the kind is known again when a template comes back. */
export function sheetNameOf({ label }: KindDefinition): string {
  return label.zh.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
}

const BY_SHEET = new Map<string, KindDefinition>(KINDS.map((kind) => [sheetNameOf(kind), kind]));

/** The kind whose template a sheet of this name is from. */
export function kindOfSheet(name: string): KindDefinition | undefined {
  return BY_SHEET.get(name);
}
