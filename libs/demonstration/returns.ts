import type { KindCode } from '../catalogue/kind-code';
import { allocate } from './allocation';
import { lastWorkdayOf, MONTHS } from './calendar';
import type { Donors } from './donors';
import type { Random } from './random';
import { CITIES, DEMONSTRATION_ORGS } from './registry';
import type { Timeline } from './timeline';
import { BEFORE } from './totals';

/** What each city reports every month: a zero when it had nothing. */
const OWED: readonly KindCode[] = [
  'SampleRejected',
  'DonorEnrolled',
  'DonorWithdrawn',
  'ScreenRequested',
  'ScreenAnswered',
  'RemobiliseRequested',
  'RemobiliseAnswered',
  'HrTypingRequested',
  'HrTypingAnswered',
  'ExamStarted',
  'ExamConcluded',
  'DonationCompleted',
  'FollowUpRecorded',
  'DonorRetracted',
];
const REGISTRY = 0;

/** What each city has on the ledger's first day. */
export function tellOpening(timeline: Timeline, donors: Donors): void {
  const sizes = DEMONSTRATION_ORGS.map(({ size }) => size);
  const withdrawn = allocate(BEFORE.withdrawn, sizes);
  const donated = allocate(BEFORE.donated, sizes);
  for (const org of CITIES) {
    const stock = donors.openingByOrg[org] ?? 0;
    timeline.add({ kind: 'OpeningStock', day: 0, org, quantity: stock });
    timeline.add({ kind: 'OpeningEnrolled', day: 0, org, quantity: stock + (withdrawn[org] ?? 0) });
    timeline.add({ kind: 'OpeningDonated', day: 0, org, quantity: donated[org] ?? 0 });
  }
}

/** The registry's own monthly tallies of searches for patients. */
export function tellSearches(timeline: Timeline, random: Random): void {
  for (const month of MONTHS) {
    const search = { kind: 'SearchMatched', day: lastWorkdayOf(month), org: REGISTRY } as const;
    timeline.add({ ...search, outcome: 'matched', quantity: random.between(430, 590) });
    timeline.add({ ...search, outcome: 'unmatched', quantity: random.between(8, 21) });
  }
}

/** The zeros of the cities that had nothing of a kind in a month; to be told last. */
export function tellNilReturns(timeline: Timeline): void {
  for (const month of MONTHS) {
    for (const org of CITIES) {
      for (const kind of OWED) {
        if (timeline.has(kind, org, month)) continue;
        timeline.add({ kind, day: lastWorkdayOf(month), org, quantity: 0 });
      }
    }
  }
}
