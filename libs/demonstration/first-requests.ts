import { allocate } from './allocation';
import { firstDayOf, lastDayOf, MONTHS, OFFICE_DAYS, YEARS, yearOf, type Day } from './calendar';
import { subject, type DonorRequest } from './donor-request';
import type { Donors } from './donors';
import type { Random } from './random';
import { CITIES, demonstrationOrg } from './registry';
import { numberIn, type Timeline } from './timeline';
import { TOTALS } from './totals';

// Fewer around Spring Festival and in the October holiday.
const SEASON = [
  [0.75, 0.95, 1.1, 1.05, 1.0, 1.05, 1.05, 1.05, 1.05, 0.85, 1.1, 1.0],
  [1.05, 0.7, 1.1, 1.05, 0.95, 1.05, 1.1, 1.05, 1.0, 0.85, 1.1, 1.0],
] as const;
/** In these first weeks also requests come up that had begun before the ledger. */
const RESUMED_UNTIL: Day = 45;
const RESUMED_SHARE = 0.05;

/** Opens the requests of both years, each with a donor of its own who is listed by then; in order of days. */
export function openRequests(timeline: Timeline, donors: Donors, random: Random): DonorRequest[] {
  const places = YEARS.map(() => 0);
  return planDays(random).map(({ city, day }) => {
    const place = (places[yearOf(day)] ?? 0) + 1;
    places[yearOf(day)] = place;
    const recruit = random.chance(0.07) ? donors.takeEnrolled(city, day - 20) : undefined;
    const request: DonorRequest = {
      number: numberIn(day, place),
      donor: recruit ?? donors.take(city),
      city,
      last: day,
      due: day,
      resumed: day <= RESUMED_UNTIL && random.chance(RESUMED_SHARE),
      reserved: false,
    };
    timeline.add({ kind: 'ScreenRequested', day, ...subject(request) });
    return request;
  });
}

function planDays(random: Random): { city: number; day: Day }[] {
  const planned: { city: number; day: Day }[] = [];
  YEARS.forEach((_, year) => {
    const season = (SEASON[year] ?? []).map((weight) => random.about(weight, 0.06));
    allocate(TOTALS.screenRequested[year] ?? 0, season).forEach((total, ofYear) => {
      const month = MONTHS[year * 12 + ofYear] ?? 0;
      const shares = CITIES.map((city) => random.about(demonstrationOrg(city).size, 0.15));
      allocate(total, shares).forEach((count, place) => {
        for (let one = 0; one < count; one += 1) {
          const day = OFFICE_DAYS.draw(random, firstDayOf(month), lastDayOf(month));
          planned.push({ city: CITIES[place] ?? 0, day });
        }
      });
    });
  });
  return planned.sort((a, b) => a.day - b.day);
}
