import { firstDayOf, nextWorkday, yearOf } from './calendar';
import { subject, type DonorRequest } from './donor-request';
import type { Timeline } from './timeline';

interface SecondDonation {
  /** The months in one of which the first donation was. */
  readonly firstFrom: number;
  readonly firstBefore: number;
  /** At least: lymphocytes a month, stem cells three months after the first. */
  readonly daysAfter: number;
  readonly outcome: 'lymphocytes' | 'hpc_apheresis';
  readonly year: 0 | 1;
}

/** For the same patient, whose request stays open until then. In 2024 one of the two donors also gave in 2024 before. */
const SECOND: readonly SecondDonation[] = [
  { firstFrom: 3, firstBefore: 9, daysAfter: 62, outcome: 'lymphocytes', year: 0 },
  { firstFrom: 8, firstBefore: 11, daysAfter: 158, outcome: 'hpc_apheresis', year: 1 },
  { firstFrom: 13, firstBefore: 19, daysAfter: 71, outcome: 'lymphocytes', year: 1 },
];

/**
 * @returns the requests with a second donation, its day as their last
 * @throws {RangeError} when no donor gave early enough
 */
export function tellSecondDonations(timeline: Timeline, donated: readonly DonorRequest[]): Set<DonorRequest> {
  const again = new Set<DonorRequest>();
  for (const second of SECOND) {
    const request = donated.find((one) => givesAgain(one, second) && !again.has(one));
    if (!request) throw new RangeError('nobody gave early enough to give a second time');
    again.add(request);
    const day = nextWorkday(request.last + second.daysAfter);
    timeline.add({ kind: 'ExamStarted', day: day - 11, ...subject(request) });
    timeline.add({ kind: 'ExamConcluded', day: day - 8, ...subject(request), outcome: 'fit' });
    if (second.outcome === 'hpc_apheresis') {
      timeline.add({ kind: 'MobilisationStarted', day: day - 5, ...subject(request) });
    }
    timeline.add({ kind: 'DonationCompleted', day, ...subject(request), outcome: second.outcome, sequence: 2 });
    request.last = day;
  }
  return again;
}

/** Within the year, examination included. */
function givesAgain({ last }: DonorRequest, { firstFrom, firstBefore, daysAfter, year }: SecondDonation): boolean {
  const day = nextWorkday(last + daysAfter);
  const inMonths = last >= firstDayOf(firstFrom) && last < firstDayOf(firstBefore);
  return inMonths && yearOf(day) === year && yearOf(day - 11) === year;
}
