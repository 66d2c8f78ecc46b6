import type { IndicatorKey } from '../catalogue/indicators';
import type { Label } from '../catalogue/label';
import type { MetricKey } from '../catalogue/metrics';
import { decimal, type DecimalString } from '../core/decimal';
import { DomainError } from '../core/domain-error';
import { figureOf } from './figure';
import type { RulePack } from './rule-packs';
import { parseTarget } from '../core/target-text';

/** Where a line's actual comes from. A reported one is typed in, from the paper that is named. */
export type LineSource =
  | { readonly kind: 'metric'; readonly key: MetricKey }
  | { readonly kind: 'indicator'; readonly key: IndicatorKey }
  | { readonly kind: 'reported'; readonly from: string };

export interface FormLine {
  /** Unique in the form; never the name, which may stand twice. */
  readonly code: string;
  /** The tiers above the line, from the first. */
  readonly path: readonly [string, string];
  readonly name: string;
  /** As printed: `≥100例`, `＝0份`, `及时`. */
  readonly target: string;
  readonly weight: DecimalString;
  readonly source: LineSource;
}

export interface BudgetRow {
  readonly code: string;
  readonly group: string | null;
  readonly name: string;
}

/** A self-assessment form: what is printed, in its order. */
export interface FormDefinition {
  readonly code: string;
  readonly version: number;
  /** The first year that is assessed with it. */
  readonly since: string;
  readonly title: Label;
  /** The first row is the total, which alone is scored, under this tier. */
  readonly budget: {
    readonly tier: string;
    readonly weight: DecimalString;
    readonly rows: readonly [BudgetRow, ...BudgetRow[]];
  };
  /** One sentence for both sides of 年度总体目标: `{code}` stands for that line's target, then for its actual. */
  readonly goal: string;
  readonly lines: readonly FormLine[];
  readonly assumptions: readonly Label[];
}

export class FormIsInconsistent extends DomainError {
  constructor(form: FormDefinition, problem: { readonly zh: string; readonly en: string }) {
    super('form_is_inconsistent', {
      zh: `自评表“${form.title.zh}”有误：${problem.zh}`,
      en: `The form "${form.title.en}" is wrong: ${problem.en}`,
    });
  }
}

/**
 * @throws {FormIsInconsistent} when the weights are not those of the rule pack, a code stands twice, or a target's
 * unit is not its figure's.
 * @throws {TargetNotReadable}
 */
export function checkForm(form: FormDefinition, pack: RulePack): void {
  checkWeights(form, pack);
  const codes = new Set<string>();
  for (const { code, name, source, ...line } of form.lines) {
    if (codes.has(code)) {
      throw new FormIsInconsistent(form, { zh: `编码 ${code} 重复。`, en: `the code ${code} stands twice.` });
    }
    codes.add(code);
    const target = parseTarget(line.target);
    if (source.kind === 'reported') continue;
    const { unit } = figureOf(source.key);
    if (target.kind === 'label' || target.unit !== unit) {
      throw new FormIsInconsistent(form, {
        zh: `“${name}”的指标值 ${line.target} 应以“${unit}”为单位。`,
        en: `the target ${line.target} of "${name}" must be in "${unit}".`,
      });
    }
  }
}

function checkWeights(form: FormDefinition, pack: RulePack): void {
  const points = new Map([[form.budget.tier, decimal(form.budget.weight)]]);
  for (const { path, weight } of form.lines) {
    points.set(path[0], (points.get(path[0]) ?? decimal('0')).plus(decimal(weight)));
  }
  for (const { tier, points: due } of pack.weights) {
    const found = points.get(tier)?.toFixed() ?? '0';
    points.delete(tier);
    if (!decimal(found).eq(decimal(due))) {
      throw new FormIsInconsistent(form, {
        zh: `“${tier}”的分值合计为 ${found}，应为 ${due}。`,
        en: `the weights of "${tier}" sum to ${found}, not ${due}.`,
      });
    }
  }
  for (const tier of points.keys()) {
    throw new FormIsInconsistent(form, {
      zh: `规则“${pack.label.zh}”没有一级指标“${tier}”。`,
      en: `the rule pack "${pack.label.en}" has no tier "${tier}".`,
    });
  }
  const sum = pack.weights.reduce((total, each) => total.plus(decimal(each.points)), decimal('0'));
  if (!sum.eq(100)) {
    throw new FormIsInconsistent(form, {
      zh: `总分值为 ${sum.toFixed()}，应为 100。`,
      en: `the weights sum to ${sum.toFixed()}, not 100.`,
    });
  }
}
