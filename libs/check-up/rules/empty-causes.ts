import { decimal } from '../../core/decimal';
import type { Cell, ReportDocument, Table } from '../document';
import type { Finding } from '../finding';
import { columnOf, resultsOf } from '../results';
import { say } from '../say';

const CAUSE = /(?:原因|偏差说明|未完成说明|改进措施)/;
const NOTHING = /^(?:|无|—|-|－|\/|／|空|\\|——|－－|n\/a)$/i;
/** From what deviation on a cause is asked for, in per cent. */
const LARGE = '30';

/** Missed targets and large deviations whose cause was left empty. */
export function emptyCauses({ tables }: ReportDocument): Finding[] {
  return tables.flatMap((table) => {
    const cause = columnOf(table, CAUSE);
    if (cause < 0) return [];
    const deviation = columnOf(table, /偏差(?!.*原因)/);
    const results = new Map(resultsOf(table).map((result) => [result.row, result]));
    return table.rows.flatMap((row) => {
      if (!NOTHING.test(row[cause]!.text.trim())) return [];
      const result = results.get(row);
      const printed = deviation < 0 ? undefined : row[deviation];
      const missed = result?.met === false;
      // Against a target of 0 every deviation is printed as 100%.
      const zero = result?.targetValue === '0';
      // To stay far under what may not be exceeded is what was meant.
      const under = result?.operator === 'le' && result.met === true;
      const large = !zero && !under && (isLarge(printed) || isFar(result));
      if (!missed && !large) return [];
      const at = printed && printed.text !== '' ? printed : (result?.actualCell ?? row[cause]!);
      return [
        tell(
          at,
          row,
          table,
          missed,
          result?.name ?? row.find(({ text }) => text !== '')?.text ?? '',
          result?.actualCell,
        ),
      ];
    });
  });
}

function isLarge(cell: Cell | undefined): boolean {
  const number = cell?.number;
  return number !== undefined && decimal(number.value).abs().gt(decimal(LARGE));
}

function isFar(
  result: { readonly targetValue: string | null; readonly actualValue: string | null } | undefined,
): boolean {
  if (!result?.targetValue || !result.actualValue || decimal(result.targetValue).isZero()) return false;
  const [target, actual] = [decimal(result.targetValue), decimal(result.actualValue)];
  return actual.minus(target).div(target).abs().times(100).gt(decimal(LARGE));
}

function tell(
  at: Cell,
  row: readonly Cell[],
  _table: Table,
  missed: boolean,
  name: string,
  actual: Cell | undefined,
): Finding {
  return say(
    'empty-cause',
    at,
    missed
      ? {
          zh: `“${name}”没有完成目标，原因分析是空的，请填写原因和改进措施。`,
          en: `"${name}" missed its target and its cause is empty; say why, and what will be done.`,
        }
      : {
          zh: `“${name}”偏差超过 ${LARGE}%，原因分析是空的，请说明原因。`,
          en: `"${name}" deviates by more than ${LARGE}% and its cause is empty; say why.`,
        },
    {
      cell: at,
      related: actual && actual !== at ? [actual] : row.filter((cell) => cell !== at && cell.number).slice(0, 3),
    },
  );
}
