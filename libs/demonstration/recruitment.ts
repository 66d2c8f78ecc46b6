import { allocate } from './allocation';
import { EVENT_DAYS, firstDayOf, LAST_DAY, lastDayOf, MONTHS, nextWorkday, YEARS, yearOf, type Day } from './calendar';
import { Random } from './random';
import { CITIES, demonstrationOrg } from './registry';
import { takeStep } from './selection';
import { numberIn } from './timeline';
import { TOTALS } from './totals';

// Campuses fill the months of March to May and September to November; Spring Festival empties its month.
const SEASON = [
  [0.45, 0.85, 1.35, 1.4, 1.3, 0.85, 0.6, 0.55, 1.25, 1.2, 1.3, 0.9],
  [0.8, 0.45, 1.4, 1.45, 1.3, 0.85, 0.6, 0.55, 1.3, 1.2, 1.25, 0.85],
] as const;

export interface Recruit {
  readonly city: number;
  readonly day: Day;
  /** One, or a second one after the first was rejected. */
  readonly samples: Sample[];
  /** When listed, if that happened in the two years. */
  enrolledOn?: Day;
}

export interface Sample {
  readonly city: number;
  readonly collectedOn: Day;
  number: number;
  rejectedOn?: Day;
  typedOn?: Day;
  passedOn?: Day;
}

/** The volunteers of both years in order of registration, and what became of their samples. */
export function planRecruitment(): Recruit[] {
  const random = new Random('recruitment');
  const recruits = planRegistrations(random);
  for (const recruit of recruits) planSamples(recruit, random);
  const samples = recruits.flatMap((recruit) => recruit.samples);
  numberSamples(samples);
  choosePassedOn(samples, random);
  for (const recruit of recruits) planEnrolment(recruit, random);
  return recruits;
}

function planRegistrations(random: Random): Recruit[] {
  const recruits: Recruit[] = [];
  YEARS.forEach((_, year) => {
    const months = allocate(
      TOTALS.recruited[year] ?? 0,
      (SEASON[year] ?? []).map((weight) => random.about(weight, 0.07)),
    );
    months.forEach((total, ofYear) => {
      const month = MONTHS[year * 12 + ofYear] ?? 0;
      const campaigns = CITIES.map((city) => random.about(demonstrationOrg(city).size, 0.4));
      allocate(total, campaigns).forEach((count, place) => {
        for (let one = 0; one < count; one += 1) {
          const day = EVENT_DAYS.draw(random, firstDayOf(month), lastDayOf(month));
          recruits.push({ city: CITIES[place] ?? 0, day, samples: [] });
        }
      });
    });
  });
  return recruits.sort((a, b) => a.day - b.day);
}

function planSamples(recruit: Recruit, random: Random): void {
  if (random.chance(0.025)) return;
  const collectedOn = random.chance(0.85) ? recruit.day : nextWorkday(recruit.day + random.between(1, 12));
  const first: Sample = { city: recruit.city, collectedOn, number: 0 };
  if (collectedOn > LAST_DAY) return;
  recruit.samples.push(first);
  if (!random.chance(0.013)) return;
  first.rejectedOn = nextWorkday(collectedOn + random.between(2, 12));
  const again = nextWorkday(first.rejectedOn + random.between(7, 40));
  if (again > LAST_DAY || random.chance(0.4)) return;
  recruit.samples.push({ city: recruit.city, collectedOn: again, number: 0 });
}

/** Each year from 1, in order of collection. */
function numberSamples(samples: readonly Sample[]): void {
  const places = [0, 0];
  for (const sample of [...samples].sort((a, b) => a.collectedOn - b.collectedOn)) {
    const year = yearOf(sample.collectedOn);
    places[year] = (places[year] ?? 0) + 1;
    sample.number = numberIn(sample.collectedOn, places[year]);
  }
}

/** The registry sends off on Wednesdays what reached it from the cities. */
function choosePassedOn(samples: readonly Sample[], random: Random): void {
  const candidates = samples
    .filter((sample) => sample.rejectedOn === undefined)
    .map((sample) => ({ sample, due: nextWorkday(wednesdayFrom(sample.collectedOn + random.between(2, 6))) }));
  const { taken } = takeStep('samples passed on', candidates, TOTALS.samplesPassedOn, random);
  for (const { sample, due } of taken) sample.passedOn = due;
}

function wednesdayFrom(day: Day): Day {
  return day + ((10 - (day % 7)) % 7);
}

function planEnrolment(recruit: Recruit, random: Random): void {
  const sample = recruit.samples.find((one) => one.rejectedOn === undefined);
  if (!sample) return;
  const ready = (sample.passedOn ?? sample.collectedOn) + random.between(8, 35);
  sample.typedOn = nextWorkday(ready);
  const enrolledOn = nextWorkday(sample.typedOn + random.between(3, 16));
  if (enrolledOn <= LAST_DAY && random.chance(0.985)) recruit.enrolledOn = enrolledOn;
}
