import type { KindCode } from '../catalogue/kind-code';
import { LAST_DAY, monthOf, nextWorkday } from './calendar';
import type { Closures } from './closures';
import { daysUntilNext, subject, urgency, type DonorRequest } from './donor-request';
import type { Donors } from './donors';
import { openRequests } from './first-requests';
import type { Random } from './random';
import { demonstrationOrg } from './registry';
import { takeStep } from './selection';
import type { Timeline } from './timeline';
import { TOTALS, type PerYear } from './totals';

interface Stage {
  readonly request: KindCode;
  readonly answer: KindCode;
  readonly requested: PerYear;
  readonly agreed: PerYear;
  /** Days from the agreement before to this request, and from it to its answer. */
  readonly wait: readonly [number, number];
  readonly answerWithin: readonly [number, number];
  /** Of those who are not asked on: how many days until their request is closed. */
  readonly patience: readonly [number, number];
}

const REMOBILISATION: Stage = {
  request: 'RemobiliseRequested',
  answer: 'RemobiliseAnswered',
  requested: TOTALS.remobiliseRequested,
  agreed: TOTALS.remobiliseAgreed,
  wait: [4, 45],
  answerWithin: [1, 8],
  patience: [25, 110],
};
const HR_TYPING: Stage = {
  request: 'HrTypingRequested',
  answer: 'HrTypingAnswered',
  requested: TOTALS.hrRequested,
  agreed: TOTALS.hrAgreed,
  wait: [3, 28],
  answerWithin: [2, 10],
  patience: [20, 90],
};
const EARLY_ANSWER = [1, 12] as const;
const LATE_ANSWER = [15, 40] as const;
/** In the last quarter of 2023 many agreed: their examinations fall in 2024. */
const AUTUMN_OF_2023 = { from: 9, to: 11, weight: 1.8 } as const;

/** The requests of both years, from the first mobilisation to the donor's yes or no before high-resolution typing. */
export class Requests {
  constructor(
    private readonly timeline: Timeline,
    private readonly donors: Donors,
    private readonly closures: Closures,
    private readonly random: Random,
  ) {}

  /** @returns every request, and those whose donor agreed to high-resolution typing, with that day as their last */
  tell(): { all: DonorRequest[]; agreed: DonorRequest[] } {
    const all = openRequests(this.timeline, this.donors, this.random);
    const screened = this.answer('ScreenAnswered', this.awaited(all), TOTALS.screenAgreed);
    const remobilised = this.ask(REMOBILISATION, screened);
    return { all, agreed: this.ask(HR_TYPING, remobilised) };
  }

  /** Most wait for the donor's answer; for a few the patient's side calls off before. */
  private awaited(requests: readonly DonorRequest[]): DonorRequest[] {
    return requests.filter((request) => {
      if (this.random.chance(0.012)) {
        this.closures.callOff(request, [1, 9]);
        return false;
      }
      const within = this.random.chance(0.04) ? LATE_ANSWER : EARLY_ANSWER;
      request.due = nextWorkday(request.last + daysUntilNext(request, within, this.random));
      return true;
    });
  }

  private ask(stage: Stage, candidates: readonly DonorRequest[]): DonorRequest[] {
    for (const candidate of candidates) {
      candidate.due = nextWorkday(candidate.last + daysUntilNext(candidate, stage.wait, this.random));
    }
    const { taken, left } = takeStep(stage.request, candidates, stage.requested, this.random, urgency);
    for (const request of left) this.closures.lose(request, stage.patience, 0.02);
    for (const request of taken) {
      this.timeline.add({ kind: stage.request, day: request.due, ...subject(request) });
      request.last = request.due;
      request.due = nextWorkday(request.last + daysUntilNext(request, stage.answerWithin, this.random));
    }
    return this.answer(stage.answer, taken, stage.agreed);
  }

  private answer(kind: KindCode, requests: readonly DonorRequest[], agreed: PerYear): DonorRequest[] {
    const { taken, left } = takeStep(kind, requests, agreed, this.random, (request) => this.readiness(kind, request));
    for (const request of taken) {
      request.last = request.due;
      this.timeline.add({ kind, day: request.last, ...subject(request), outcome: 'agreed' });
    }
    for (const request of left) {
      request.last = request.due;
      const reason = this.closures.refuse(request);
      this.timeline.add({ kind, day: request.last, ...subject(request), outcome: 'refused', reason });
    }
    return taken;
  }

  private readiness(kind: KindCode, request: DonorRequest): number {
    const { city, due } = request;
    const month = monthOf(Math.min(due, LAST_DAY));
    const autumn = kind === 'HrTypingAnswered' && month >= AUTUMN_OF_2023.from && month <= AUTUMN_OF_2023.to;
    return urgency(request) * demonstrationOrg(city).willingness * (autumn ? AUTUMN_OF_2023.weight : 1);
  }
}
