import { label, type Label } from '../catalogue/label';
import type { Stage, TypedLine } from './filled-form';
import type { FormDefinition, FormLine } from './forms';
import { takesOwnTarget } from './line-target';

interface Given {
  readonly stage: Stage;
  readonly typed?: ReadonlyMap<string, TypedLine>;
  /** By figure. */
  readonly targets?: ReadonlyMap<string, unknown>;
  readonly halfTargets?: ReadonlyMap<string, unknown>;
}

/** Whose the targets are that come with the form, while it shows some: nothing where all are the office's own. */
export function printedTargets(form: FormDefinition, given: Given): Label[] {
  const showsHalf = given.stage === 'half' || form.columns.some(({ key }) => key === 'halfTarget');
  const left = form.lines.filter(
    (line) => !isOwn(line, 'target', given) || (showsHalf && line.halfTarget && !isOwn(line, 'halfTarget', given)),
  );
  if (left.length === 0) return [];
  const { zh, en } = form.targetsFrom;
  if (left.length === form.lines.length) {
    return [label(`${zh}，正式填报前须换成本单位的批复数。`, `${en}; an office puts its own in their place.`)];
  }
  const names = left.map(({ name }) => name);
  return [
    label(
      `${zh}；未另填、须核对是不是本单位批复数的有：${names.join('、')}。`,
      `${en}; these lines still have them, to be checked against what was approved: ${names.join(', ')}.`,
    ),
  ];
}

function isOwn(line: FormLine, what: 'target' | 'halfTarget', { typed, targets, halfTargets }: Given): boolean {
  if (typed?.get(line.code)?.[what] !== undefined) return true;
  const set = what === 'target' ? targets : halfTargets;
  return takesOwnTarget(line) && 'key' in line.source && (set?.has(line.source.key) ?? false);
}
