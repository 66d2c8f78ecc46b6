import type { ReasonCode } from '../catalogue/reasons';
import type { Day } from './calendar';
import { allocate } from './allocation';
import { Random } from './random';
import { CITIES, DEMONSTRATION_ORGS } from './registry';

const NEVER = 32_767;
const SETTLING_DAYS = 30;

/** A recruit who was listed, in the order of enrolment. */
export interface Enrolment {
  readonly donor: number;
  readonly city: number;
  readonly day: Day;
}

/** Everybody listed: those of the opening have the numbers 1 to `opening`, city after city; the recruits follow. */
export class Donors {
  /** How many of the opening each org has. */
  readonly openingByOrg: readonly number[];
  readonly count: number;
  private readonly home: Uint8Array;
  private readonly callable: Int16Array;
  private readonly withdrawn: Int16Array;
  private readonly moves = new Map<number, { readonly day: Day; readonly to: number }>();
  private readonly reasons = new Map<number, ReasonCode>();
  private readonly untouched = new Map<number, { readonly donors: Int32Array; next: number }>();
  private readonly enrolled = new Map<number, { readonly donors: Enrolment[]; next: number }>();
  private readonly random = new Random('donors');

  constructor(opening: number, recruits: number, enrolments: readonly Enrolment[]) {
    this.openingByOrg = allocate(
      opening,
      DEMONSTRATION_ORGS.map(({ size }) => size),
    );
    this.count = opening + recruits;
    this.home = new Uint8Array(this.count + 1);
    this.callable = new Int16Array(this.count + 1).fill(NEVER);
    this.withdrawn = new Int16Array(this.count + 1).fill(NEVER);
    let donor = 1;
    for (const city of CITIES) {
      const here = Int32Array.from({ length: this.openingByOrg[city] ?? 0 }, (_, place) => donor + place);
      this.home.fill(city, donor, donor + here.length);
      this.callable.fill(0, donor, donor + here.length);
      donor += here.length;
      this.random.shuffle(here);
      this.untouched.set(city, { donors: here, next: 0 });
      this.enrolled.set(city, { donors: enrolments.filter((one) => one.city === city), next: 0 });
    }
    for (const enrolment of enrolments) {
      this.home[enrolment.donor] = enrolment.city;
      this.callable[enrolment.donor] = enrolment.day + SETTLING_DAYS;
    }
  }

  /** A donor of the opening of whom nothing is told yet. @throws {RangeError} when the city has none left */
  take(city: number): number {
    const pool = this.untouched.get(city);
    const donor = pool?.donors[pool.next];
    if (!pool || donor === undefined) throw new RangeError(`city ${city} has no donor left`);
    pool.next += 1;
    return donor;
  }

  /** A recruit of this ledger who has been listed by that day and is taken for the first time, if there is one. */
  takeEnrolled(city: number, by: Day): number | undefined {
    const pool = this.enrolled.get(city);
    const found = pool?.donors[pool.next];
    if (!pool || !found || found.day > by) return undefined;
    pool.next += this.random.between(1, 15);
    return found.donor;
  }

  move(donor: number, day: Day, to: number): void {
    this.moves.set(donor, { day, to });
  }

  withdraw(donor: number, day: Day, reason: ReasonCode): void {
    this.withdrawn[donor] = day;
    this.reasons.set(donor, reason);
  }

  cityOn(donor: number, day: Day): number {
    const move = this.moves.get(donor);
    return move && move.day <= day ? move.to : (this.home[donor] ?? 0);
  }

  /** From the opening on, or a month after being listed; far in the future for those who never are. */
  callableFrom(donor: number): Day {
    return this.callable[donor] ?? NEVER;
  }

  withdrawnOn(donor: number): Day {
    return this.withdrawn[donor] ?? NEVER;
  }

  withdrawnFor(donor: number): ReasonCode | undefined {
    return this.reasons.get(donor);
  }
}
