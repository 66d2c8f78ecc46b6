import type { ReasonCode } from '../catalogue/reasons';
import type { Day } from './calendar';
import type { Random } from './random';
import type { Happening } from './timeline';

/** One patient's request to one donor: a case. */
export interface DonorRequest {
  readonly number: number;
  readonly donor: number;
  readonly city: number;
  /** The day of the last thing that happened in it. */
  last: Day;
  /** The day on which its next step would come. */
  due: Day;
  /** Begun before the ledger, and told from its first weeks on: it goes on at once where others wait. */
  readonly resumed: boolean;
  /** The donor is kept for this patient. */
  reserved: boolean;
  closedOn?: Day;
  closedFor?: ReasonCode;
  /** Since when the donor cannot be asked, with no end planned. */
  unavailableSince?: Day;
  /** The donor cannot be asked for now, and will be again. */
  paused?: boolean;
}

export function subject({ city, donor, number }: DonorRequest): Pick<Happening, 'org' | 'donor' | 'request'> {
  return { org: city, donor, request: number };
}

/** Within the given days, and much sooner for a request that was under way. */
export function daysUntilNext(
  { resumed }: DonorRequest,
  [from, to]: readonly [number, number],
  random: Random,
): number {
  return resumed ? random.between(1, 1 + Math.floor(to / 7)) : random.between(from, to);
}

/** How much more often than others a request goes on. */
export function urgency({ resumed }: DonorRequest): number {
  return resumed ? 3 : 1;
}
