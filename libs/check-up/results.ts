import { decimal, isDecimal } from '../core/decimal';
import type { Cell, Table } from './document';
import type { FoundNumber } from './found-number';

/** A line of a table of targets and results. */
export interface Result {
  readonly row: readonly Cell[];
  readonly name: string;
  readonly target: string;
  readonly actual: string;
  readonly actualCell: Cell;
  readonly targetCell: Cell;
  readonly operator: 'ge' | 'le' | 'eq';
  readonly targetValue: string | null;
  readonly actualValue: string | null;
  /** Null where it cannot be said. */
  readonly met: boolean | null;
}

const TARGET = /(?:目标值?|指标值|计划(?:数|值)?|任务数?)(?:[（(].*[)）])?$|^目标|^年度指标值|^预期/;
const ACTUAL =
  /(?:完成值|实际完成|完成情况|完成数|实际值|指标完成|(?:全年|半年|季度|月|已)完成|实际|^完成$)(?!率|来源)/;

export function columnOf(table: Table, name: RegExp): number {
  return table.head.findIndex((head) => name.test(head.replace(/\s/g, '')));
}

/** Of the table that ends right above this one, as a form's budget does: the numbers under the same heading. */
export function carriedOver(tables: readonly Table[], table: Table, column: number): FoundNumber[] {
  const above = tables.find(({ lastLine }) => lastLine + 1 === table.firstLine);
  const at = above?.head.indexOf(table.head[column]!) ?? -1;
  return at < 0 ? [] : above!.rows.flatMap((row) => row[at]!.number ?? []);
}

/** The lines whose target and result stand side by side. */
export function resultsOf(table: Table): Result[] {
  const targets = columnsOf(table, (head) => TARGET.test(head) && !ACTUAL.test(head));
  const actual = columnsOf(table, (head) => ACTUAL.test(head) && !TARGET.test(head) && !/来源|率/.test(head))[0] ?? -1;
  const ofHalf = (column: number): boolean => /半年|季度|1[—–~～至-]\d+月|阶段/.test(table.head[column] ?? '');
  const target = targets.find((column) => ofHalf(column) === ofHalf(actual)) ?? targets[0] ?? -1;
  if (target < 0 || actual < 0) return [];
  return table.rows.flatMap((row) => {
    const [aim, reached] = [row[target]!, row[actual]!];
    if (aim.text === '' || reached.text === '') return [];
    const operator = /^[≤<＜]|^不(?:超过|高于|大于)/.test(aim.text) ? 'le' : /^[=＝]/.test(aim.text) ? 'eq' : 'ge';
    const [targetValue, actualValue] = [valueOf(aim), valueOf(reached)];
    const name =
      [...row.slice(0, Math.min(target, actual))]
        .reverse()
        .find(
          ({ text, number }) =>
            text !== '' && !number && !/^(?:%|个|人|例|次|场|人次|人份|份|万元|元|单位|台|项|≥|≤|＝|=)$/.test(text),
        )?.text ?? '';
    return [
      {
        row,
        name,
        target: aim.text,
        actual: reached.text,
        actualCell: reached,
        targetCell: aim,
        operator,
        targetValue,
        actualValue,
        met: metOf(aim.text, reached.text, operator, targetValue, actualValue),
      } as const,
    ];
  });
}

function columnsOf({ head }: Table, isMeant: (name: string) => boolean): number[] {
  return head.flatMap((name, column) => (isMeant(name.replace(/\s/g, '')) ? [column] : []));
}

function valueOf({ number }: Cell): string | null {
  return number?.value ?? null;
}

function metOf(
  aim: string,
  reached: string,
  operator: Result['operator'],
  target: string | null,
  actual: string | null,
): boolean | null {
  if (target !== null && actual !== null && isDecimal(target) && isDecimal(actual)) {
    const [goal, value] = [decimal(target), decimal(actual)];
    if (operator === 'le') return value.lte(goal);
    if (operator === 'eq' && goal.isZero()) return value.isZero();
    return value.gte(goal);
  }
  if (/^(?:未完成|未达标|未达到|部分完成|基本完成|未实现)$/.test(reached)) return false;
  if (/\d/.test(aim + reached)) return null;
  return aim === reached
    ? true
    : /^(?:不|未|基本|较差|一般)/.test(reached) && !/^(?:不|未|基本|一般)/.test(aim)
      ? false
      : null;
}
