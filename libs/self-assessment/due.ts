import { dueIn, type Due } from '../assessment/due';
import type { FilledForm } from '../assessment/filled-form';
import { DomainError } from '../core/domain-error';

/** @throws {DomainError} naming the lines that lack an actual, a cause or a reason */
export function requireNothingDue(filled: FilledForm): void {
  const due = dueIn(filled);
  if (due.length === 0) return;
  const named = (what: Due['what']): string[] => due.filter((one) => one.what === what).map(({ name }) => `“${name}”`);
  const [actuals, causes, reasons] = [named('actual'), named('cause'), named('reason')];
  const zh = [
    ...(actuals.length > 0 ? [`还有 ${actuals.length} 项没有完成值，也没有说明原因：${actuals.join('、')}`] : []),
    ...(causes.length > 0 ? [`还有 ${causes.length} 项须写原因分析：${causes.join('、')}`] : []),
    ...(reasons.length > 0 ? [`还有 ${reasons.length} 项须写理由：${reasons.join('、')}`] : []),
  ];
  const en = [
    ...(actuals.length > 0
      ? [`${actuals.length} lines have neither an actual nor a cause: ${actuals.join(', ')}`]
      : []),
    ...(causes.length > 0 ? [`${causes.length} lines lack a cause: ${causes.join(', ')}`] : []),
    ...(reasons.length > 0 ? [`${reasons.length} lines lack a reason: ${reasons.join(', ')}`] : []),
  ];
  throw new DomainError('assessment_incomplete', { zh: `${zh.join('；')}。`, en: `${en.join('; ')}.` }, { due });
}
