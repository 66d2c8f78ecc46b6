import { decimal, plain, round } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import { figureOf, type FigureKey, type Meanings } from './figure';
import { fillBudget } from './fill-budget';
import { fillLine } from './fill-line';
import type { BudgetFigures, FilledBudgetRow, FilledForm, FilledLine, FilledValue, ReportedValue } from './filled-form';
import { checkForm, type FormDefinition } from './forms';
import { gradeOf } from './scoring';
import type { RulePack } from './rule-packs';
import { numberTarget, printQuantity, type LineTarget, type Operator } from '../core/target-text';

/** What a form is filled with; keys of `values` and `targets` are figures, of the others the form's codes. */
export interface FormInput {
  readonly values: ReadonlyMap<string, FilledValue>;
  /** What the values mean; what the program's own definitions say unless given. */
  readonly meanings?: Meanings;
  /** The registry's own targets, in place of the form's. */
  readonly targets?: ReadonlyMap<string, { readonly operator: Operator; readonly value: string }>;
  readonly reported?: ReadonlyMap<string, ReportedValue>;
  readonly budget?: ReadonlyMap<string, BudgetFigures>;
}

/**
 * The form with everything that can be reckoned from the input, and nothing else: what is missing has no score.
 * @throws {FormIsInconsistent}
 * @throws {TargetNotReadable}
 * @throws {ReportedValueNotReadable}
 * @throws {ScoreOutsideBand}
 */
export function fillForm(form: FormDefinition, pack: RulePack, input: FormInput): FilledForm {
  checkForm(form, pack);
  const budget = fillBudget(form, pack, input.budget ?? new Map());
  const lines = form.lines.map((line) => {
    const reported = input.reported?.get(line.code);
    if (line.source.kind === 'reported') return fillLine(line, pack, { reported });
    return fillLine(line, pack, {
      value: input.values.get(line.source.key),
      target: ownTarget(line.source.key, input),
      meanings: input.meanings,
    });
  });
  return {
    form: { code: form.code, version: form.version, title: form.title },
    pack: { code: pack.code, version: pack.version, label: pack.label },
    budget,
    goal: {
      expected: tell(form.goal, lines, (line) => line.target),
      achieved: tell(form.goal, lines, printActual),
    },
    lines,
    ...totals(form, pack, budget, lines),
    assumptions: [...form.assumptions, ...pack.assumptions],
  };
}

function ownTarget(key: FigureKey, { targets }: FormInput): LineTarget | undefined {
  const own = targets?.get(key);
  return own && numberTarget(own.operator, plain(own.value), figureOf(key).unit);
}

/** The actual with its unit, or the word that stands where there is none. */
export function printActual(line: FilledLine): string {
  if (line.actual !== null) return printQuantity(line.actual, line.unit);
  if (line.state === 'not_applicable') return '不适用';
  return line.source.kind === 'reported' ? '未填' : '无记录';
}

function tell(goal: string, lines: readonly FilledLine[], word: (line: FilledLine) => string): string {
  return goal.replace(/\{(\w+)\}/g, (_, code: string) => {
    const line = lines.find((each) => each.code === code);
    if (!line) throw new Error(`the form's goal names no line: ${code}`);
    return word(line);
  });
}

function totals(form: FormDefinition, pack: RulePack, budget: FilledBudgetRow[], lines: FilledLine[]) {
  const items = [{ ...budget[0]!, name: form.budget.tier }, ...lines];
  const unscored = items.filter(({ score }) => score === null);
  let total = decimal('0');
  let scoredWeight = decimal('0');
  let totalWeight = decimal('0');
  for (const { weight, score } of items) {
    if (weight === null) continue;
    totalWeight = totalWeight.plus(decimal(weight));
    if (score === null) continue;
    total = total.plus(decimal(score));
    scoredWeight = scoredWeight.plus(decimal(weight));
  }
  const sum = round(total, 2);
  const complete = unscored.length === 0;
  return {
    total: sum,
    totalWeight: totalWeight.toFixed(),
    scoredWeight: scoredWeight.toFixed(),
    complete,
    incompleteBecause: complete ? null : incomplete(unscored.map(({ name }) => name)),
    grade: complete ? gradeOf(sum, pack) : null,
  };
}

function incomplete(names: string[]): Sentence {
  return {
    zh: `有 ${names.length} 项未计分（${names.join('、')}），总分不完整，不评等级。`,
    en: `${names.length} items have no score (${names.join(', ')}): the total is incomplete and no grade is given.`,
  };
}
