import { dueIn, type Due } from '../assessment/due';
import type { FilledForm } from '../assessment/filled-form';
import { DomainError } from '../core/domain-error';

/** @throws {DomainError} naming the lines that lack a cause or a reason */
export function requireNothingDue(filled: FilledForm): void {
  const due = dueIn(filled);
  if (due.length === 0) return;
  const named = (what: Due['what']): string[] => due.filter((one) => one.what === what).map(({ name }) => `“${name}”`);
  const [causes, reasons] = [named('cause'), named('reason')];
  const zh = [
    ...(causes.length > 0 ? [`还有 ${causes.length} 项须写原因分析：${causes.join('、')}`] : []),
    ...(reasons.length > 0 ? [`还有 ${reasons.length} 项填写的完成值与台账不同，须写理由：${reasons.join('、')}`] : []),
  ];
  const en = [
    ...(causes.length > 0 ? [`${causes.length} lines lack a cause: ${causes.join(', ')}`] : []),
    ...(reasons.length > 0 ? [`${reasons.length} typed actuals lack a reason: ${reasons.join(', ')}`] : []),
  ];
  throw new DomainError('assessment_incomplete', { zh: `${zh.join('；')}。`, en: `${en.join('; ')}.` }, { due });
}
