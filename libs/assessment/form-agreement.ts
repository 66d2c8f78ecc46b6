import { decimal } from '../core/decimal';
import { DomainError, type Sentence } from '../core/domain-error';
import type { FormDefinition } from './forms';
import { readTarget } from './line-target';
import type { RulePack } from './rule-packs';

export class FormIsInconsistent extends DomainError {
  constructor(form: FormDefinition, problem: Sentence) {
    super('form_is_inconsistent', {
      zh: `自评表“${form.title.zh}”有误：${problem.zh}`,
      en: `The form "${form.title.en}" is wrong: ${problem.en}`,
    });
  }
}

/**
 * @throws {FormIsInconsistent} when the weights are not those of the rule pack, or a code stands twice.
 * @throws {TargetUnitDiffers} when a target's unit is not its figure's.
 * @throws {TargetNotReadable}
 */
export function checkAgreement(form: FormDefinition, pack: RulePack): void {
  checkWeights(form, pack);
  const codes = new Set<string>();
  for (const line of form.lines) {
    if (codes.has(line.code)) {
      throw new FormIsInconsistent(form, { zh: `编码 ${line.code} 重复。`, en: `the code ${line.code} stands twice.` });
    }
    codes.add(line.code);
    readTarget(line, line.target);
    if (line.halfTarget !== undefined) readTarget(line, line.halfTarget);
  }
}

function checkWeights(form: FormDefinition, pack: RulePack): void {
  const points = weightsOf(form);
  if (points.size === 0) return;
  const sum = [...points.values()].reduce((total, each) => total.plus(each), decimal('0'));
  for (const { tier, of = [tier], points: due } of pack.weights ?? []) {
    const found = of.reduce((total, each) => total.plus(points.get(each) ?? '0'), decimal('0'));
    for (const each of of) points.delete(each);
    if (!found.eq(decimal(due))) {
      throw new FormIsInconsistent(form, {
        zh: `“${tier}”的分值合计为 ${found.toFixed()}，应为 ${due}。`,
        en: `the weights of "${tier}" sum to ${found.toFixed()}, not ${due}.`,
      });
    }
  }
  for (const tier of pack.weights === null ? [] : points.keys()) {
    throw new FormIsInconsistent(form, {
      zh: `规则“${pack.label.zh}”没有一级指标“${tier}”。`,
      en: `the rule pack "${pack.label.en}" has no tier "${tier}".`,
    });
  }
  if (!sum.eq(100)) {
    throw new FormIsInconsistent(form, {
      zh: `总分值为 ${sum.toFixed()}，应为 100。`,
      en: `the weights sum to ${sum.toFixed()}, not 100.`,
    });
  }
}

/** Points by first tier; empty where the form prints no weights. */
function weightsOf({ budget, lines }: FormDefinition): Map<string, ReturnType<typeof decimal>> {
  const weighed = lines.map(({ path, weight }) => [path[0] ?? '', weight] as const);
  if (budget !== null) weighed.unshift([budget.tier ?? '', budget.weight]);
  const points = new Map<string, ReturnType<typeof decimal>>();
  for (const [tier, weight] of weighed) {
    if (weight !== null) points.set(tier, (points.get(tier) ?? decimal('0')).plus(decimal(weight)));
  }
  return points;
}
