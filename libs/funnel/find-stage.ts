import type { Stage } from '../catalogue/stages';
import { DomainError } from '../core/domain-error';

/** @throws {DomainError} when none of the known stages has that key */
export function findStage(key: string, known: readonly Stage[]): Stage {
  const stage = known.find((one) => one.key === key);
  if (stage) return stage;
  const keys = known.map((one) => one.key);
  throw new DomainError(
    'stage_unknown',
    { zh: `没有环节“${key}”，可用 ${keys.join('、')}。`, en: `There is no stage "${key}"; use ${keys.join(', ')}.` },
    { field: 'stage' },
  );
}
