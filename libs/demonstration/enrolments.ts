import type { Enrolment } from './donors';
import type { Random } from './random';
import type { Recruit, Sample } from './recruitment';
import type { Timeline } from './timeline';
import { STOCK_AT_END, TOTALS } from './totals';

const REGISTRY = 0;

/** The opening stock that, with these recruits listed and the others gone, leaves the stock of the last day. */
export function openingStock(recruits: readonly Recruit[]): number {
  const listed = recruits.filter((recruit) => recruit.enrolledOn !== undefined).length;
  return STOCK_AT_END - listed + TOTALS.withdrawn[0] + TOTALS.withdrawn[1];
}

/** Recruits have the donor numbers after the opening's, in order of registration. */
export function enrolmentsOf(recruits: readonly Recruit[], opening: number): Enrolment[] {
  return recruits
    .flatMap(({ city, enrolledOn }, place) =>
      enrolledOn === undefined ? [] : [{ donor: opening + 1 + place, city, day: enrolledOn }],
    )
    .sort((a, b) => a.day - b.day);
}

/** From registration over the samples to the listing. */
export function tellRecruitment(
  timeline: Timeline,
  recruits: readonly Recruit[],
  opening: number,
  random: Random,
): void {
  recruits.forEach((recruit, place) => {
    const donor = opening + 1 + place;
    timeline.add({ kind: 'RecruitmentRegistered', day: recruit.day, org: recruit.city, donor });
    for (const sample of recruit.samples) tellSample(timeline, sample, donor, random);
    const listedBy = recruit.samples.at(-1);
    if (recruit.enrolledOn === undefined || !listedBy) return;
    const enrolment = { day: recruit.enrolledOn, org: recruit.city, donor, sample: listedBy.number };
    timeline.add({ kind: 'DonorEnrolled', ...enrolment });
  });
}

function tellSample(timeline: Timeline, sample: Sample, donor: number, random: Random): void {
  const { city: org, number, collectedOn, rejectedOn, passedOn, typedOn } = sample;
  timeline.add({ kind: 'SampleCollected', day: collectedOn, org, donor, sample: number });
  if (passedOn !== undefined) timeline.add({ kind: 'SampleDispatched', day: passedOn, org: REGISTRY, sample: number });
  if (rejectedOn !== undefined) {
    const reason = random.pick({ HAEMOLYSED: 40, INSUFFICIENT: 35, MISLABELLED: 12, BROKEN: 8, OLD: 5 });
    timeline.add({ kind: 'SampleRejected', day: rejectedOn, org, sample: number, outcome: 'unfit', reason });
  }
  if (typedOn !== undefined) timeline.add({ kind: 'SampleTyped', day: typedOn, org, sample: number });
}
