import { DayWeights, firstDayOf, isHoliday, isWeekend, lastDayOf, monthOf, YEARS, type Day } from './calendar';
import type { Donors } from './donors';
import type { Odds, Random } from './random';
import { DEMONSTRATION_ORGS } from './registry';
import type { Timeline } from './timeline';
import { TOTALS } from './totals';

type Outcome = 'confirmed' | 'reached' | 'not_reached' | 'moved' | 'unwilling';

/** Calling campaigns: spring, the weeks around the donors' days in June and September, and November. */
const CAMPAIGNS = [0.6, 0.4, 1.6, 1.2, 0.9, 1.3, 0.7, 0.7, 1.6, 0.8, 1.3, 0.9];
const CALLING_DAYS = new DayWeights((day) => {
  const open = isHoliday(day) ? 0.01 : isWeekend(day) ? 0.25 : 1;
  return open * (CAMPAIGNS[monthOf(day) % 12] ?? 1);
});
/** Calls within so many days before a withdrawal tell what led to it. */
const FORESHADOWED_DAYS = 120;

/** Contacts with listed donors: in each year exactly so many persons, some of them twice, in different months. */
export class Retention {
  private readonly odds: readonly Odds<Outcome>[] = DEMONSTRATION_ORGS.map(({ willingness }) => ({
    confirmed: 56 * willingness,
    reached: 15,
    not_reached: 23,
    moved: 3.5,
    unwilling: 2.5,
  }));

  constructor(
    private readonly timeline: Timeline,
    private readonly donors: Donors,
    private readonly random: Random,
  ) {}

  /** @throws {RangeError} when there are fewer listed donors than are to be contacted */
  tell(): void {
    const everybody = Int32Array.from({ length: this.donors.count }, (_, place) => place + 1);
    YEARS.forEach((_, year) => {
      this.random.shuffle(everybody);
      let people = TOTALS.revisited[year] ?? 0;
      let again = TOTALS.revisitedAgain[year] ?? 0;
      for (const donor of everybody) {
        if (people === 0) break;
        const first = Math.max(firstDayOf(year * 12), this.donors.callableFrom(donor));
        const last = Math.min(lastDayOf(year * 12 + 11), this.donors.withdrawnOn(donor) - 1);
        if (first > last) continue;
        const day = CALLING_DAYS.draw(this.random, first, last);
        this.contact(donor, day);
        people -= 1;
        if (again > 0 && this.contactAgain(donor, day, last)) again -= 1;
      }
      if (people > 0 || again > 0) throw new RangeError(`${people} donors too few to contact in ${YEARS[year]}`);
    });
  }

  /** In a later month of the year, if there is one left. */
  private contactAgain(donor: number, day: Day, last: Day): boolean {
    const from = lastDayOf(monthOf(day)) + 1;
    if (from > last || !this.random.chance(0.05)) return false;
    this.contact(donor, CALLING_DAYS.draw(this.random, from, last));
    return true;
  }

  private contact(donor: number, day: Day): void {
    const org = this.donors.cityOn(donor, day);
    this.timeline.add({ kind: 'RetentionContacted', day, org, donor, outcome: this.outcome(donor, day, org) });
  }

  private outcome(donor: number, day: Day, org: number): Outcome {
    if (this.donors.withdrawnOn(donor) - day <= FORESHADOWED_DAYS) {
      const reason = this.donors.withdrawnFor(donor);
      if (reason === 'PR' || reason === 'PR_FAMILY') return 'unwilling';
      if (reason === 'MO') return 'moved';
      if (reason === 'UC') return 'not_reached';
    }
    return this.random.pick(this.odds[org] ?? {});
  }
}
