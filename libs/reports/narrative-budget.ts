import type { FilledBudgetRow, FilledForm } from '../assessment/filled-form';
import { stageWord } from '../assessment/stage-title';
import { joined, type Cites, type Words } from './narrative-run';

/** 预算执行: the whole, then what it is made of. */
export function budgetWords({ budget, budgetTable }: FilledForm, cites: Cites): Words[] {
  const [total, ...rows] = budget;
  if (!total || !budgetTable) return [];
  const basis = budgetTable.basis === 'initial' ? '年初预算数' : '全年预算数';
  const whole = rowWords(total, cites);
  const about = total.rate === null ? [] : [`（执行数÷${basis}）`];
  const nothing = rows.filter(hasNothing);
  const told = rows.filter((row) => row.executed !== null && !hasNothing(row));
  const rest = rows.filter(({ executed }) => executed === null).map(({ name }) => name);
  return [
    [...whole, ...about, '。'],
    ...(told.length === 0
      ? []
      : [
          [
            '其中：',
            ...joined(
              told.map((row) => rowWords(row, cites)),
              '；',
            ),
            '。',
          ],
        ]),
    ...(nothing.length === 0
      ? []
      : [
          [
            '没有收支的：',
            ...joined(
              nothing.map(({ code, name }) => [name, cites.budget(code, '0万元')]),
              '、',
            ),
            '。',
          ],
        ]),
    ...(rest.length === 0 ? [] : [[`${rest.join('、')}没有填数。`]]),
  ];
}

function rowWords(row: FilledBudgetRow, cites: Cites): Words {
  const { code, name, initial, adjusted, executed, rate, state } = row;
  const amount = (told: string, value: string | null): Words[] =>
    value === null ? [] : [[told, cites.budget(code, `${value}万元`)]];
  const words = joined(
    [
      ...amount('年初预算', initial),
      ...adjustmentWords(row, cites),
      ...amount('全年预算', adjusted),
      ...amount('执行', executed),
      ...(rate === null ? [] : [['执行率', cites.budget(code, rate)]]),
    ],
    '，',
  );
  if (words.length === 0) return [`${name}的预算数和执行数没有填`];
  return [name, ...words, ...(state === 'not_applicable' ? ['，预算数为零，执行率不适用'] : [])];
}

/** Most rows have none. */
function adjustmentWords({ code, adjustment }: FilledBudgetRow, cites: Cites): Words[] {
  if (adjustment === null || isNothing(adjustment)) return [];
  const told = adjustment.startsWith('-') ? '追减' : '追加';
  return [[told, cites.budget(code, `${adjustment.replace(/^-/, '')}万元`)]];
}

/** One sort of money that the statute asks for in a part of its own. */
export function ofBudgetRow({ budget, stage }: FilledForm, cites: Cites, code: string, name: string): Words {
  const row = budget.find((each) => each.code === code);
  if (!row) return [`${stageWord(stage)}表不分列${name}。`];
  if (row.executed === null && row.adjusted === null) return [`${name}的数据没有填。`];
  if (hasNothing(row)) {
    return [`本年度没有${name}收支（预算数、执行数均为`, cites.budget(code, '0万元'), '）。'];
  }
  return [...rowWords({ ...row, name }, cites), '。'];
}

function hasNothing({ executed, adjusted }: FilledBudgetRow): boolean {
  return isNothing(executed) && isNothing(adjusted);
}

function isNothing(amount: string | null): boolean {
  return amount !== null && /^-?0+(\.0+)?$/.test(amount);
}
