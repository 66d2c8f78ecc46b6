import { nextWorkday, type Day } from './calendar';
import type { DonorRequest } from './donor-request';
import type { Donors } from './donors';
import type { Odds, Random } from './random';
import { CITIES, demonstrationOrg } from './registry';
import type { Timeline } from './timeline';

type Outcome = 'well' | 'complaint' | 'not_reached';

interface FollowUp {
  readonly after: readonly [from: number, to: number];
  readonly odds: Odds<Outcome>;
}

const AFTER_HALF_A_YEAR: FollowUp = { after: [176, 196], odds: { well: 93, complaint: 2, not_reached: 5 } };
const FOLLOW_UPS: readonly FollowUp[] = [
  { after: [6, 8], odds: { well: 80, complaint: 18, not_reached: 2 } },
  { after: [28, 34], odds: { well: 91, complaint: 6, not_reached: 3 } },
  AFTER_HALF_A_YEAR,
];

/** The health of those who donated: after a week, a month and half a year. */
export class FollowUps {
  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
  ) {}

  tell(request: DonorRequest, donatedOn: Day): void {
    const who = { org: request.city, donor: request.donor, request: request.number };
    for (const followUp of FOLLOW_UPS) this.record(who, donatedOn, followUp);
  }

  /** Those who donated in the half-year before the ledger began are asked once more within it. */
  tellEarlierDonors(donors: Donors): void {
    for (const city of CITIES) {
      for (let donor = 0; donor < demonstrationOrg(city).size / 2; donor += 1) {
        const donatedOn = -this.random.between(5, 175);
        this.record({ org: city, donor: donors.take(city) }, donatedOn, AFTER_HALF_A_YEAR);
      }
    }
  }

  private record(who: { org: number; donor: number; request?: number }, donatedOn: Day, followUp: FollowUp): void {
    const day = nextWorkday(donatedOn + this.random.between(...followUp.after));
    this.timeline.add({ kind: 'FollowUpRecorded', day, ...who, outcome: this.random.pick(followUp.odds) });
  }
}
