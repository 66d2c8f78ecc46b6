import { decimal, isDecimal, round } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import type { FilledBudgetRow, FilledForm, FilledLine, Stage } from './filled-form';
import type { Meanings } from './figure';
import type { BudgetRate, FormDefinition } from './forms';
import { budgetActual } from './line-actual';
import { notRequired } from './not-required';
import type { RulePack } from './rule-packs';
import { gradeOf } from './scoring';

type Totals = Pick<
  FilledForm,
  'total' | 'totalWeight' | 'scoredWeight' | 'complete' | 'incompleteBecause' | 'grade' | 'declared' | 'warnings'
>;

interface Given {
  readonly stage: Stage;
  readonly declaredTotal?: string;
  readonly meanings?: Meanings;
}

/** The total of the printed scores, where the form prints weights and the stage is scored. */
export function totalOf(
  form: FormDefinition,
  pack: RulePack,
  budget: readonly FilledBudgetRow[],
  lines: readonly FilledLine[],
  { stage, declaredTotal, meanings }: Given,
): Totals {
  const [first] = budget;
  const execution = first && first.weight !== null ? [{ ...first, name: form.budget?.tier ?? first.name }] : [];
  const items = [...execution, ...lines];
  const weighted = items.some(({ weight }) => weight !== null);
  const warnings = [...notRequired(pack), ...(first ? budgetDiffers(form, first, lines, meanings) : [])];
  if (!weighted || stage === 'half') {
    const open = lines.filter(({ actual }) => actual === null);
    return {
      total: null,
      totalWeight: weighted ? sum(items.map(({ weight }) => weight)) : null,
      scoredWeight: null,
      complete: open.length === 0,
      incompleteBecause: open.length === 0 ? null : unfilled(open),
      grade: null,
      declared: declaredTotal === undefined ? null : { total: declaredTotal, differs: NOT_SCORED },
      warnings,
    };
  }
  const open = items.filter(({ weight, score }) => weight !== null && score === null);
  const scored = items.filter(({ score }) => score !== null);
  const total = round(decimal(sum(scored.map(({ score }) => score))), 2);
  const complete = open.length === 0;
  const differs =
    declaredTotal === undefined || (complete && sameNumber(declaredTotal, total))
      ? null
      : declaredDiffers(declaredTotal, total, items, open, pack);
  return {
    total,
    totalWeight: sum(items.map(({ weight }) => weight)),
    scoredWeight: sum(scored.map(({ weight }) => weight)),
    complete,
    incompleteBecause: complete ? null : incomplete(open.map(({ name }) => name)),
    grade: complete ? gradeOf(total, pack) : null,
    declared: declaredTotal === undefined ? null : { total: declaredTotal, differs },
    warnings,
  };
}

type Item = FilledLine | FilledBudgetRow;

const NOT_SCORED: Sentence = {
  zh: '本表不计分，没有可以核对的总分。',
  en: 'This form is not scored: there is no total to hold it against.',
};

function sum(numbers: readonly (string | null)[]): string {
  return numbers.reduce((total, each) => total.plus(decimal(each ?? '0')), decimal('0')).toFixed();
}

function sameNumber(declared: string, total: string): boolean {
  return isDecimal(declared) && decimal(declared).eq(decimal(total));
}

/** Why the declared total is not what the rules give: each item that loses points, and the reckoning of the budget. */
function declaredDiffers(
  declared: string,
  total: string,
  items: readonly Item[],
  open: readonly Item[],
  pack: RulePack,
): Sentence {
  const lost = items.filter(({ score, weight }) => score !== null && !decimal(score).eq(decimal(weight!)));
  const told = lost.map((item) => ({
    zh: `“${item.name}”${reckoned(item, '得')}`,
    en: `"${item.name}" ${reckoned(item, '')}`,
  }));
  const rest = open.length === 0 ? '' : `另有 ${open.length} 项未计分。`;
  return {
    zh: `申报总分 ${declared} 与按“${pack.label.zh}”计算的 ${total} 不一致${told.length === 0 ? '' : '：'}${told.map(({ zh }) => zh).join('；')}。${rest}`,
    en: `The declared total ${declared} is not the ${total} that the ${pack.label.en} give${told.length === 0 ? '' : ': '}${told.map(({ en }) => en).join('; ')}.${open.length === 0 ? '' : ` ${open.length} items have no score.`}`,
  };
}

function reckoned(item: Item, verb: string): string {
  if (!('basis' in item)) return `${verb} ${item.score} / ${item.weight}`.trim();
  return `${item.weight} × ${item.executed} ÷ ${item.basis.denominator} = ${item.score}`;
}

function incomplete(names: string[]): Sentence {
  return {
    zh: `有 ${names.length} 项未计分（${namedFew(names).zh}），总分不完整，不评等级。`,
    en: `${names.length} items have no score (${namedFew(names).en}): the total is incomplete and no grade is given.`,
  };
}

function unfilled(lines: readonly FilledLine[]): Sentence {
  const names = lines.map(({ name }) => name);
  return {
    zh: `有 ${names.length} 项没有完成值（${namedFew(names).zh}）。`,
    en: `${names.length} lines have no actual (${namedFew(names).en}).`,
  };
}

/** A sentence names a few; all of them stand in the form. */
function namedFew(names: readonly string[]): Sentence {
  const [few, more] = [names.slice(0, 6), names.length > 6];
  return { zh: `${few.join('、')}${more ? '等' : ''}`, en: `${few.join(', ')}${more ? ' and others' : ''}` };
}

const RATES: Readonly<Record<BudgetRate, readonly string[]>> = {
  execution: ['common.budget_execution_rate', 'finance.execution_rate'],
  adjustment: ['common.budget_adjustment_rate'],
};

/** The same rate stands on the form twice: in the budget table and as a line. */
function budgetDiffers(
  form: FormDefinition,
  total: FilledBudgetRow,
  lines: readonly FilledLine[],
  meanings: Meanings | undefined,
): Sentence[] {
  return (['execution', 'adjustment'] as const).flatMap((kind) => {
    const { text: rate, source } = budgetActual(kind, total.code, [total], meanings);
    if (rate === null) return [];
    const codes = form.lines.flatMap(({ code, source: of }) =>
      of.kind === 'indicator' && RATES[kind].includes(of.key) ? [code] : [],
    );
    const how = kind === 'execution' ? '' : `（${source.parts!.numerator} ÷ ${source.parts!.denominator}）`;
    return lines
      .filter(({ code, actual }) => codes.includes(code) && actual !== null && !sameNumber(actual, rate))
      .map(({ name, actual }) => ({
        zh: `“${name}”填 ${actual}%，预算表为 ${rate}%${how}，两处不一致。`,
        en: `"${name}" says ${actual}%, the budget table ${rate}%: they differ.`,
      }));
  });
}
