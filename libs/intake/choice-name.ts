import type { ChoiceDefinition } from '../catalogue/kind-definition';

/** What a drop-down calls a choice: with its unit, where the choice decides it. */
export function choiceName({ label, unit }: Pick<ChoiceDefinition, 'label' | 'unit'>): string {
  return unit === undefined ? label.zh : `${label.zh}（${unit}）`;
}
