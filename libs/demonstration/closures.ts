import type { ReasonCode } from '../catalogue/reasons';
import { LAST_DAY, nextWorkday, type Day } from './calendar';
import type { Odds, Random } from './random';
import { subject, type DonorRequest } from './donor-request';
import type { Timeline } from './timeline';

type Days = readonly [from: number, to: number];

const REFUSALS: Odds<ReasonCode> = {
  PR: 30,
  PR_FAMILY: 20,
  UC: 17,
  PR_TIME: 13,
  MR: 12,
  MO: 5,
  OT: 2,
  DO: 1,
};
const RETRACTIONS: Odds<ReasonCode> = { PR_FAMILY: 38, PR: 30, PR_TIME: 18, MR: 12, OT: 2 };
const LOSSES: Odds<ReasonCode> = { UC: 50, MR: 30, MO: 20 };
const PATIENT_SIDE: Odds<ReasonCode> = { FND: 44, STP: 19, BCC: 16, PDC: 10, TRX: 6, OTH: 4, LAB: 1 };
/** Reasons that pass: the donor may be asked again later. */
const PASSING: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['MR', 'MO', 'PR_TIME']);

/** How requests end, and what an ending means for the donor's status. */
export class Closures {
  constructor(
    private readonly timeline: Timeline,
    private readonly random: Random,
  ) {}

  /** The donor says no on the request's last day. @returns why */
  refuse(request: DonorRequest): ReasonCode {
    const reason = this.random.pick(REFUSALS);
    this.closeForDonor(request, reason, [0, 6]);
    if (PASSING.has(reason) && this.random.chance(0.35)) this.pause(request, reason);
    return reason;
  }

  /** The patient's side calls off, some days after the request's last day. */
  callOff(request: DonorRequest, within: Days): void {
    this.close(request, this.after(request, within), 'patient_side', this.random.pick(PATIENT_SIDE));
  }

  /** An agreed request comes to nothing: mostly by the patient's side, else the donor retracts or is lost. */
  lose(request: DonorRequest, within: Days, retracts: number): void {
    if (this.random.chance(retracts)) this.retract(request, within);
    else if (this.random.chance(0.06)) this.closeForDonor(request, this.random.pick(LOSSES), within);
    else this.callOff(request, within);
  }

  /** The HLA types do not agree, or the donor is not fit. */
  closeForDonor(request: DonorRequest, reason: ReasonCode, within: Days): void {
    this.close(request, this.after(request, within), 'donor_side', reason);
  }

  closeAsDonated(request: DonorRequest): void {
    this.close(request, this.after(request, [7, 30]), 'donated');
  }

  /** The donor cannot be asked from the request's last day on; for most this ends. */
  pause(request: DonorRequest, reason: ReasonCode): void {
    const since = request.closedOn;
    if (since === undefined) return;
    const status = { kind: 'DonorStatusChanged', org: request.city, donor: request.donor } as const;
    this.timeline.add({ ...status, day: since, outcome: 'TU', reason });
    const until = nextWorkday(since + this.random.between(60, 200));
    if (this.random.chance(0.65)) {
      request.paused = true;
      this.timeline.add({ ...status, day: until, outcome: 'AV' });
    } else {
      request.unavailableSince = since;
    }
  }

  private retract(request: DonorRequest, within: Days): void {
    const day = this.after(request, within);
    const reason = this.random.pick(RETRACTIONS);
    this.timeline.add({ kind: 'DonorRetracted', day, ...subject(request), outcome: 'early', reason });
    request.last = day;
    this.closeForDonor(request, reason, [0, 3]);
  }

  private after(request: DonorRequest, within: Days): Day {
    return nextWorkday(request.last + this.random.between(...within));
  }

  /** What would be closed after the demonstration's end stays open. */
  private close(
    request: DonorRequest,
    day: Day,
    outcome: 'donor_side' | 'patient_side' | 'donated',
    reason?: ReasonCode,
  ): void {
    if (day > LAST_DAY) return;
    this.timeline.add({ kind: 'RequestClosed', day, ...subject(request), outcome, reason });
    if (request.reserved) {
      this.timeline.add({ kind: 'DonorStatusChanged', day, org: request.city, donor: request.donor, outcome: 'RL' });
    }
    request.last = day;
    request.closedOn = day;
    request.closedFor = reason;
  }
}
