import { randomUUID } from 'node:crypto';
import { CITIES, demonstrationOrg } from '../../libs/demonstration/registry';
import type { EntryInput } from '../../libs/ledger/entry-input';

type Fact = Pick<EntryInput, 'kind' | 'donorCode' | 'caseCode' | 'outcome' | 'reason' | 'quantity'>;

/** Donors whom only the opening knows, each with a request of its own. */
const KINDS: readonly ((number: number) => Fact)[] = [
  () => ({ kind: 'RecruitmentRegistered', quantity: '12' }),
  (number) => ({ kind: 'RetentionContacted', donorCode: donor(number), outcome: 'confirmed' }),
  screenRequested,
  () => ({ kind: 'SampleCollected', quantity: '40' }),
  (number) => ({ kind: 'ScreenAnswered', donorCode: donor(number), caseCode: caseOf(number), outcome: 'agreed' }),
  () => ({ kind: 'DonorEnrolled', quantity: '9' }),
  (number) => ({ kind: 'FollowUpRecorded', donorCode: donor(number), outcome: 'well' }),
  (number) => ({ kind: 'DonorStatusChanged', donorCode: donor(number), outcome: 'TU', reason: 'PR' }),
];

/**
 * Entries of 2024 on top of the demonstration, of mixed kinds, cities and months. None rests on another, but the answers
 * on their requests (`requestsBefore`), which are to be sent first.
 */
export function furtherEntries(count: number): EntryInput[] {
  return Array.from({ length: count }, (_, number) => entryOf(number, KINDS[number % KINDS.length] ?? screenRequested));
}

/** The requests that the answers among some entries are given to. */
export function requestsBefore(entries: readonly EntryInput[]): EntryInput[] {
  return entries
    .filter(({ kind }) => kind === 'ScreenAnswered')
    .map(({ org, occurredOn, justification, donorCode, caseCode }) => ({
      id: randomUUID(),
      kind: 'ScreenRequested',
      org,
      occurredOn,
      justification,
      donorCode,
      caseCode,
    }));
}

/** The same, all of the kind that the first mobilisation's agreement rate is divided by. */
export function furtherRequests(count: number): EntryInput[] {
  return Array.from({ length: count }, (_, number) => entryOf(number, screenRequested));
}

/** An answer to a first mobilisation, and a contact with a donor: one of the cheapest figures, and the dearest. */
export function quietEntries(round: number): { readonly answered: EntryInput; readonly contacted: EntryInput } {
  const number = 900_000 + round * KINDS.length;
  return {
    answered: entryOf(number + 4, KINDS[4] ?? screenRequested),
    contacted: entryOf(number + 1, KINDS[1] ?? screenRequested),
  };
}

function entryOf(number: number, fact: (number: number) => Fact): EntryInput {
  const month = (Math.floor(number / 3) % 12) + 1;
  return {
    id: randomUUID(),
    org: demonstrationOrg(CITIES[Math.floor(number / KINDS.length) % CITIES.length] ?? 0).org,
    occurredOn: `2024-${String(month).padStart(2, '0')}-${String((number % 28) + 1).padStart(2, '0')}`,
    // Most of the demonstration's months are closed.
    justification: '补录',
    ...fact(number),
  };
}

function screenRequested(number: number): Fact {
  return { kind: 'ScreenRequested', donorCode: donor(number), caseCode: caseOf(number) };
}

function donor(number: number): string {
  return `B${String(number).padStart(9, '0')}`;
}

function caseOf(number: number): string {
  return `B2024-${number}`;
}
