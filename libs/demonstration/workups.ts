import { LAST_DAY, nextWorkday } from './calendar';
import type { Closures } from './closures';
import { daysUntilNext, subject, urgency, type DonorRequest } from './donor-request';
import type { Random } from './random';
import { demonstrationOrg } from './registry';
import { takeStep } from './selection';
import type { Timeline } from './timeline';
import { REPEATED_EXAMS, SECOND_DONATIONS, TOTALS, type PerYear } from './totals';

/** The donor is given the agent on five days; stem cells are collected on the last of them or the day after. */
const DAYS_OF_AGENT = 5;
/** After a lost workup: how many days until its request is closed. */
const PATIENCE = [10, 55] as const;
const RETRACTS = 0.2;

const FIRST_EXAMS = minus(minus(TOTALS.examStarted, REPEATED_EXAMS.started), SECOND_DONATIONS);
const FIRST_CONCLUSIONS = minus(minus(TOTALS.examConcluded, REPEATED_EXAMS.concluded), SECOND_DONATIONS);
const FIRST_DONATIONS = minus(TOTALS.donated, SECOND_DONATIONS);

function minus(a: PerYear, b: PerYear): PerYear {
  return [a[0] - b[0], a[1] - b[1]];
}

/** From the donor's yes to high-resolution typing to the donation. */
export class Workups {
  constructor(
    private readonly timeline: Timeline,
    private readonly closures: Closures,
    private readonly random: Random,
  ) {}

  /** @returns the requests that came to a first donation, with its day as their last; none of them is closed yet */
  tell(agreed: readonly DonorRequest[]): DonorRequest[] {
    const fit = this.examine(this.type(agreed));
    for (const request of fit) {
      request.due = nextWorkday(request.last + this.random.between(14, 34)) + DAYS_OF_AGENT;
    }
    const { taken, left, open } = takeStep('donations', fit, FIRST_DONATIONS, this.random, willingness);
    for (const request of left) this.closures.lose(request, PATIENCE, RETRACTS);
    for (const request of [...taken, ...open]) {
      this.timeline.add({ kind: 'MobilisationStarted', day: request.due - DAYS_OF_AGENT, ...subject(request) });
    }
    for (const request of taken) {
      request.last = request.due;
      const donation = { kind: 'DonationCompleted', day: request.last, outcome: 'hpc_apheresis', sequence: 1 } as const;
      this.timeline.add({ ...donation, ...subject(request) });
    }
    return taken;
  }

  /** @returns the requests whose types agree */
  private type(agreed: readonly DonorRequest[]): DonorRequest[] {
    return agreed.filter((request) => {
      this.timeline.add({
        kind: 'DonorStatusChanged',
        day: request.last,
        org: request.city,
        donor: request.donor,
        outcome: 'RS',
      });
      request.reserved = true;
      request.last = nextWorkday(request.last + this.random.between(8, 20));
      const outcome = this.random.chance(0.025) ? 'mismatch' : 'match';
      this.timeline.add({ kind: 'HrTypingConcluded', day: request.last, ...subject(request), outcome });
      if (outcome === 'mismatch') this.closures.closeForDonor(request, 'MM', [1, 7]);
      return outcome === 'match' && request.last <= LAST_DAY;
    });
  }

  /** @returns the requests whose donor is fit */
  private examine(typed: readonly DonorRequest[]): DonorRequest[] {
    for (const request of typed) request.due = nextWorkday(request.last + daysUntilNext(request, [8, 38], this.random));
    const exams = takeStep('first examinations', typed, FIRST_EXAMS, this.random, urgency);
    for (const request of exams.left) this.closures.lose(request, PATIENCE, RETRACTS);
    const first = this.startExams(exams.taken, FIRST_CONCLUSIONS);
    const repeated = this.startExams(this.resume(first.stalled), REPEATED_EXAMS.concluded);
    for (const request of repeated.stalled) this.closures.lose(request, PATIENCE, RETRACTS);
    return [...this.conclude(first.concluded), ...this.conclude(repeated.concluded)];
  }

  private startExams(requests: readonly DonorRequest[], totals: PerYear) {
    for (const request of requests) {
      this.timeline.add({ kind: 'ExamStarted', day: request.due, ...subject(request) });
      request.last = request.due;
      request.due = nextWorkday(request.last + this.random.between(2, 13));
    }
    const { taken, left } = takeStep('conclusions of examinations', requests, totals, this.random);
    return { concluded: taken, stalled: left };
  }

  /** Broken off examinations wait; some of them are taken up again and repeated, the others come to nothing. */
  private resume(stalled: readonly DonorRequest[]): DonorRequest[] {
    const held = stalled.filter((request) => {
      if (this.random.chance(0.15)) this.closures.lose(request, PATIENCE, RETRACTS);
      return request.closedOn === undefined && request.last <= LAST_DAY;
    });
    for (const request of held) this.hold(request);
    const { taken, left } = takeStep('repeated examinations', held, REPEATED_EXAMS.started, this.random);
    for (const request of left) this.closures.lose(request, PATIENCE, RETRACTS);
    for (const request of taken) {
      const day = nextWorkday(request.due - this.random.between(4, 9));
      this.timeline.add({ kind: 'RequestResumed', day, ...subject(request) });
    }
    return taken;
  }

  private hold(request: DonorRequest): void {
    request.last = nextWorkday(request.last + this.random.between(1, 6));
    const donorSide = this.random.chance(0.2);
    this.timeline.add({
      kind: 'RequestHeld',
      day: request.last,
      ...subject(request),
      outcome: donorSide ? 'donor_side' : 'patient_side',
      reason: donorSide ? 'MR' : this.random.pick({ BCC: 7, OTH: 2, LAB: 1 }),
    });
    request.due = nextWorkday(request.last + this.random.between(24, 80));
  }

  private conclude(requests: readonly DonorRequest[]): DonorRequest[] {
    return requests.filter((request) => {
      request.last = request.due;
      const fit = !this.random.chance(0.08);
      const finding = fit ? { outcome: 'fit' } : ({ outcome: 'unfit', reason: 'MR' } as const);
      this.timeline.add({ kind: 'ExamConcluded', day: request.last, ...subject(request), ...finding });
      if (!fit) {
        this.closures.closeForDonor(request, 'MR', [0, 4]);
        this.closures.pause(request, 'MR');
      }
      return fit;
    });
  }
}

function willingness({ city }: DonorRequest): number {
  return demonstrationOrg(city).willingness;
}
