import type { DecimalString } from '../core/decimal';
import { printQuantity } from '../core/target-text';
import { figureOf, type FigureKey, type Meanings } from './figure';
import { fillBudget } from './fill-budget';
import { fillLine, type OwnTarget } from './fill-line';
import type { BudgetFigures, FilledForm, FilledLine, FilledValue, LineForecast, Stage, TypedLine } from './filled-form';
import { checkAgreement } from './form-agreement';
import type { FormDefinition } from './forms';
import type { RulePack } from './rule-packs';
import { printedTargets } from './printed-targets';
import { withPartsWarned } from './told-otherwise';
import { totalOf } from './total';

/** What a form is filled with; keys of `values`, `before` and `targets` are figures, of the others the form's codes. */
export interface FormInput {
  readonly stage: Stage;
  readonly org?: string;
  readonly period?: string;
  readonly project?: string;
  readonly values: ReadonlyMap<string, FilledValue>;
  /** The values of the year before, for the lines that ask for growth. */
  readonly before?: ReadonlyMap<string, FilledValue>;
  /** What the values mean; what the program's own definitions say unless given. */
  readonly meanings?: Meanings;
  /** The registry's own targets, in place of the form's: of the full year, and of the half. */
  readonly targets?: ReadonlyMap<string, OwnTarget>;
  readonly halfTargets?: ReadonlyMap<string, OwnTarget>;
  /** By line code. */
  readonly forecasts?: ReadonlyMap<string, LineForecast>;
  readonly typed?: ReadonlyMap<string, TypedLine>;
  /** By row code; other codes are rows of the office's own, where the form takes them. */
  readonly budget?: ReadonlyMap<string, BudgetFigures>;
  readonly tasks?: ReadonlyMap<string, string>;
  /** The total that the office has written elsewhere. */
  readonly declaredTotal?: DecimalString;
}

/**
 * The form with everything that can be reckoned from the input, and nothing else: what is missing has no score.
 * @throws {FormIsInconsistent}
 * @throws {TargetNotReadable}
 * @throws {TargetUnitDiffers}
 * @throws {ReportedValueNotReadable}
 * @throws {ScoreOutsideBand}
 * @throws {BudgetFigureNotReadable}
 * @throws {BudgetRowUnknown}
 */
export function fillForm(form: FormDefinition, pack: RulePack, input: FormInput): FilledForm {
  checkAgreement(form, pack);
  const { stage } = input;
  const budget = fillBudget(form.budget, pack, input.budget ?? new Map(), stage);
  const filled = form.lines.map((line) => {
    const key = line.source.kind === 'metric' || line.source.kind === 'indicator' ? line.source.key : '';
    return fillLine(line, pack, {
      stage,
      value: input.values.get(key),
      before: input.before?.get(key),
      typed: input.typed?.get(line.code),
      ownTarget: input.targets?.get(key),
      ownHalfTarget: input.halfTargets?.get(key),
      meanings: input.meanings,
      forecast: input.forecasts?.get(line.code),
      budget,
    });
  });
  const lines = filled.map((line) => withPartsWarned(line, filled, input.typed?.get(line.code)?.reason));
  return {
    form: { code: form.code, version: form.version, title: form.title, scope: form.scope },
    pack: { code: pack.code, version: pack.version, label: pack.label },
    stage,
    org: input.org ?? null,
    period: input.period ?? null,
    project: input.project ?? '',
    tiers: form.tiers,
    columns: form.columns,
    budgetTable: form.budget && {
      title: form.budget.title,
      tier: form.budget.tier,
      basis: form.budget.basis,
      ownRows: form.budget.ownRows,
      columns: form.budget.columns,
    },
    budget,
    tasks: fillTasks(form, lines, input),
    goal:
      form.goal === null
        ? null
        : {
            expected: tell(form.goal, form, lines, input, (line) => line.target || '（未定）'),
            achieved: tell(form.goal, form, lines, input, printActual),
          },
    lines,
    ...totalOf(form, pack, budget, lines, input),
    assumptions: [...printedTargets(form, input), ...form.assumptions, ...pack.assumptions],
  };
}

/** The actual with its unit, or the word that stands where there is none. */
export function printActual(line: FilledLine): string {
  if (line.actual !== null) return printQuantity(line.actual, line.unit);
  if (line.state === 'not_applicable') return '不适用';
  return line.source.kind === 'reported' || line.source.kind === 'budget' ? '未填' : '无记录';
}

function fillTasks(form: FormDefinition, lines: readonly FilledLine[], input: FormInput): FilledForm['tasks'] {
  return form.keyTasks.map(({ code, duty, task, completion }) => {
    const typed = input.tasks?.get(code)?.trim();
    const told = completion === null ? null : tell(completion, form, lines, input, printActual);
    return { code, duty, task, completion: typed || told, typed: Boolean(typed) };
  });
}

function keyOf(form: FormDefinition, { code }: FilledLine): FigureKey | undefined {
  const source = form.lines.find((line) => line.code === code)?.source;
  return source?.kind === 'metric' || source?.kind === 'indicator' ? source.key : undefined;
}

/** `{code}` of a line, `{registry.enrolled}` of a figure. */
function tell(
  text: string,
  form: FormDefinition,
  lines: readonly FilledLine[],
  input: FormInput,
  word: (line: FilledLine) => string,
): string {
  return text.replace(/\{([\w.-]+)\}/g, (_, code: string) => {
    // What was typed on a line stands wherever the form tells of it, also where the ledger says nothing.
    const line = lines.find((each) => each.code === code || (each.typed !== null && keyOf(form, each) === code));
    if (line) return word(line);
    if (!code.includes('.')) throw new Error(`the form's words name no line: ${code}`);
    const { unit } = figureOf(code as FigureKey, input.meanings);
    const value = input.values.get(code)?.value;
    return value === undefined || value === null ? '无记录' : printQuantity(value, unit);
  });
}
