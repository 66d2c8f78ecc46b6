import { MILESTONES, type MilestoneDefinition, type MilestoneKey } from '../catalogue/milestones';
import { DomainError } from '../core/domain-error';

/** @throws {DomainError} when there is no such milestone */
export function requireMilestone(key: string, field: string): MilestoneDefinition {
  const found = MILESTONES.find((one) => one.key === key);
  if (found) return found;
  const known = MILESTONES.map((one) => one.key).join(', ');
  throw new DomainError(
    'milestone_unknown',
    { zh: `没有名为“${key}”的环节，可用：${known}。`, en: `There is no milestone "${key}"; there are ${known}.` },
    { field },
  );
}

/**
 * Two milestones, the first before the second.
 *
 * @throws {DomainError} when one is unknown, or they stand the other way round
 */
export function requirePair(from: string, to: string): { from: MilestoneDefinition; to: MilestoneDefinition } {
  const pair = { from: requireMilestone(from, 'from'), to: requireMilestone(to, 'to') };
  if (orderOf(pair.from) < orderOf(pair.to)) return pair;
  throw new DomainError(
    'milestones_in_order',
    {
      zh: `“${pair.to.label.zh}”不在“${pair.from.label.zh}”之后，请把先后对调。`,
      en: `"${pair.to.label.en}" does not come after "${pair.from.label.en}"; turn them round.`,
    },
    { field: 'to' },
  );
}

function orderOf({ key }: MilestoneDefinition): number {
  return MILESTONES.findIndex((one) => one.key === (key as MilestoneKey));
}
