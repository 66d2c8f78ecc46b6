import type { EntryInput } from '../ledger/entry-input';
import { Closures } from './closures';
import { Departures } from './departures';
import { Donors } from './donors';
import { enrolmentsOf, openingStock, tellRecruitment } from './enrolments';
import { FollowUps } from './follow-ups';
import { Random } from './random';
import { planRecruitment } from './recruitment';
import { CITIES } from './registry';
import { Requests } from './requests';
import { Retention } from './retention';
import { tellNilReturns, tellOpening, tellSearches } from './returns';
import { tellSecondDonations } from './second-donations';
import { Timeline } from './timeline';
import { Workups } from './workups';

/** How many entries the two years have. */
export const DEMONSTRATION_SIZE = 534_431;
const ENTRIES_PER_BATCH = 10_000;
/** The opening tallies vouch for the donors of the opening, and so must stand before anything is said of them. */
const OPENING_ENTRIES = CITIES.length * 3;

/**
 * The two years of the demonstration, the same in every run, in batches of at most 10,000 entries. Each batch, as a
 * set and on top of those before it, meets the guards of all kinds.
 *
 * @throws {RangeError} when a total cannot be met
 */
export function* demonstrationEntries(): Generator<EntryInput[]> {
  let batch: EntryInput[] = [];
  let told = 0;
  for (const entry of tellTwoYears().entries()) {
    batch.push(entry);
    told += 1;
    if (batch.length < ENTRIES_PER_BATCH && told !== OPENING_ENTRIES) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function tellTwoYears(): Timeline {
  const timeline = new Timeline();
  const recruits = planRecruitment();
  const opening = openingStock(recruits);
  const donors = new Donors(opening, recruits.length, enrolmentsOf(recruits, opening));
  tellOpening(timeline, donors);
  tellRecruitment(timeline, recruits, opening, new Random('samples'));
  tellSearches(timeline, new Random('searches'));

  const closures = new Closures(timeline, new Random('closures'));
  const { all, agreed } = new Requests(timeline, donors, closures, new Random('requests')).tell();
  const donated = new Workups(timeline, closures, new Random('workups')).tell(agreed);
  const followUps = new FollowUps(timeline, new Random('follow-ups'));
  for (const request of donated) followUps.tell(request, request.last);
  for (const request of tellSecondDonations(timeline, donated)) followUps.tell(request, request.last);
  for (const request of donated) closures.closeAsDonated(request);
  followUps.tellEarlierDonors(donors);

  const departures = new Departures(timeline, donors, new Random('departures'));
  departures.tellTransfers();
  departures.tellWithdrawals(all);
  new Retention(timeline, donors, new Random('retention')).tell();
  tellNilReturns(timeline);
  return timeline;
}
