import type { DomainError } from '../core/domain-error';
import type { BegunWrite } from './append.queries';
import type { CheckedEntry } from './check-entry';
import { orgClosed } from './entry-fields';
import { EntryRefused } from './entry-text';

/** The org may have closed since the entry was checked, without a lock. */
export function closedMeanwhile(entry: CheckedEntry | undefined, { closed }: BegunWrite): DomainError | undefined {
  const closedOn = entry && closed?.[entry.org];
  return entry && closedOn && entry.occurredOn > closedOn ? orgClosed(entry.org, closedOn) : undefined;
}

/** R4: what falls into a closed month is an adjustment of the first open one, and says why. */
export function unjustified(entry: CheckedEntry | undefined, openMonth: string): DomainError | undefined {
  if (!entry || entry.occurredOn >= openMonth || entry.justification !== null) return undefined;
  const month = entry.occurredOn.slice(0, 7);
  return new EntryRefused(
    'justification',
    'month_closed',
    `${month} 已结账，这一条将作为调整记入 ${openMonth.slice(0, 7)}，必须写明理由。`,
    `${month} is closed: this becomes an adjustment in ${openMonth.slice(0, 7)} and needs a justification.`,
    { postedMonth: openMonth.slice(0, 7) },
  );
}
