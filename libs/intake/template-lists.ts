import type { Worksheet } from 'exceljs';
import type { KindDefinition } from '../catalogue/kind-definition';
import { REASONS } from '../catalogue/reasons';
import type { NamedOrg } from './cell-orgs';
import { choiceName } from './choice-name';
import type { ColumnField } from './column-names';
import { columnLetters } from './source-file';
import { LISTS_SHEET } from './template-sheets';

/**
 * Writes what a template's drop-downs offer into its hidden sheet.
 *
 * @param outcomeCell the outcome of the row that a drop-down is in, like `$D2`
 * @returns the formula of each field's list
 */
export function writeLists(
  sheet: Worksheet,
  kind: KindDefinition,
  orgs: readonly NamedOrg[],
  outcomeCell: string | null,
): Map<ColumnField, string> {
  const formulas = new Map<ColumnField, string>();
  let width = 0;
  const writeList = (values: readonly string[], title: string): string => {
    const column = sheet.getColumn(++width);
    column.values = [title, values.length, ...values];
    const letters = columnLetters(width - 1);
    return `${LISTS_SHEET}!$${letters}$3:$${letters}$${values.length + 2}`;
  };
  formulas.set('org', writeList(orgNames(orgs), '机构'));
  for (const { code, type, choices, label } of kind.attributes ?? []) {
    if (type !== 'choice' || !choices) continue;
    formulas.set(`attributes.${code}`, writeList(choices.map(choiceName), label.zh));
  }
  if (kind.outcomes) {
    formulas.set(
      'outcome',
      writeList(
        kind.outcomes.map((outcome) => outcome.label.zh),
        '结果',
      ),
    );
  }
  if (kind.reasons) formulas.set('reason', writeList(reasonNames(kind.reasons), '原因'));
  else if (kind.outcomes && outcomeCell !== null) {
    const first = width;
    for (const { label, reasons = [] } of kind.outcomes) writeList(reasonNames(reasons), label.zh);
    formulas.set('reason', listUnder(outcomeCell, columnLetters(first), columnLetters(width - 1)));
  }
  return formulas;
}

/** The names that drop-downs show: with the code where several orgs share one. */
export function orgNames(orgs: readonly NamedOrg[]): string[] {
  return orgs.map(({ org, nameZh }) => {
    const same = orgs.filter((other) => other.nameZh === nameZh).length > 1;
    return same ? `${nameZh}（${org}）` : nameZh;
  });
}

function reasonNames(codes: readonly string[]): string[] {
  return codes.map((code) => REASONS.find((reason) => reason.code === code)!.label.zh);
}

/** The list in the column whose title is what a cell says; its length stands under the title. */
function listUnder(cell: string, from: string, to: string): string {
  const column = `MATCH(${cell},${LISTS_SHEET}!$${from}$1:$${to}$1,0)`;
  return `OFFSET(${LISTS_SHEET}!$${from}$3,0,${column}-1,MAX(1,INDEX(${LISTS_SHEET}!$${from}$2:$${to}$2,1,${column})),1)`;
}
