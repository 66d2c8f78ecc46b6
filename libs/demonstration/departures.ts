import type { ReasonCode } from '../catalogue/reasons';
import { firstDayOf, LAST_DAY, lastDayOf, nextWorkday, OFFICE_DAYS, YEARS, yearOf, type Day } from './calendar';
import { allocate } from './allocation';
import type { DonorRequest } from './donor-request';
import type { Donors } from './donors';
import type { Odds, Random } from './random';
import { CITIES, DEMONSTRATION_ORGS } from './registry';
import type { Timeline } from './timeline';
import { TOTALS } from './totals';

const REASONS: Odds<ReasonCode> = { DO: 46, PR: 15, MR: 13, UC: 11, MO: 7, PR_FAMILY: 4, DD: 2, OT: 2 };
/** How often a request that failed for this reason ends with the donor leaving the registry. */
const AFTER_REFUSAL: Readonly<Partial<Record<ReasonCode, number>>> = {
  DO: 1,
  PR: 0.08,
  PR_FAMILY: 0.05,
  MR: 0.05,
  MO: 0.08,
  UC: 0.04,
};

/** Donors who leave the registry, or move from one city to another. */
export class Departures {
  constructor(
    private readonly timeline: Timeline,
    private readonly donors: Donors,
    private readonly random: Random,
  ) {}

  /** @throws {RangeError} when more leave after a request than may leave in all */
  tellWithdrawals(requests: readonly DonorRequest[]): void {
    const before = [0, 0];
    for (const request of requests) {
      const day = this.leavingDay(request);
      if (day === undefined || day > LAST_DAY || request.closedFor === undefined) continue;
      before[yearOf(day)] = (before[yearOf(day)] ?? 0) + 1;
      this.withdraw(request.donor, request.city, day, request.closedFor, request.unavailableSince !== undefined);
    }
    YEARS.forEach((_, year) => {
      const others = (TOTALS.withdrawn[year] ?? 0) - (before[year] ?? 0);
      if (others < 0) throw new RangeError(`${-others} too many leave the registry after a request`);
      this.eachOf(others, (city) => {
        const day = OFFICE_DAYS.draw(this.random, firstDayOf(year * 12), lastDayOf(year * 12 + 11));
        this.withdraw(this.donors.take(city), city, day, this.random.pick(REASONS), false);
      });
    });
  }

  tellTransfers(): void {
    YEARS.forEach((_, year) => {
      this.eachOf(TOTALS.transferred[year] ?? 0, (from) => {
        const to = CITIES.filter((city) => city !== from)[this.random.between(0, CITIES.length - 2)] ?? from;
        const day = OFFICE_DAYS.draw(this.random, firstDayOf(year * 12), lastDayOf(year * 12 + 11));
        const donor = this.donors.take(from);
        this.donors.move(donor, day, to);
        this.timeline.add({ kind: 'DonorTransferred', day, org: from, donor, outcome: 'out' });
        this.timeline.add({ kind: 'DonorTransferred', day, org: to, donor, outcome: 'in' });
      });
    });
  }

  private eachOf(count: number, tell: (city: number) => void): void {
    const shares = allocate(
      count,
      DEMONSTRATION_ORGS.map(({ size }) => size),
    );
    shares.forEach((share, org) => {
      for (let one = 0; one < share; one += 1) tell(org);
    });
  }

  private leavingDay(request: DonorRequest): Day | undefined {
    const { closedOn, closedFor, paused, unavailableSince } = request;
    if (closedOn === undefined || closedFor === undefined || paused) return undefined;
    const chance = unavailableSince === undefined ? AFTER_REFUSAL[closedFor] : 0.35;
    if (chance === undefined || !this.random.chance(chance)) return undefined;
    return nextWorkday(
      closedOn + (unavailableSince === undefined ? this.random.between(3, 40) : this.random.between(40, 200)),
    );
  }

  private withdraw(donor: number, org: number, day: Day, reason: ReasonCode, unavailable: boolean): void {
    const outcome = unavailable ? 'from_unavailable' : 'from_available';
    this.donors.withdraw(donor, day, reason);
    this.timeline.add({ kind: 'DonorWithdrawn', day, org, donor, outcome, reason });
  }
}
