import type { Guard, KindDefinition, Subject } from '../catalogue/kind-definition';
import { KINDS } from '../catalogue/kinds';
import { checkEntry } from '../ledger/check-entry';
import { findMisplaced, turnOf, type PlaceEvent } from '../ledger/donor-place';
import type { EntryInput } from '../ledger/entry-input';
import { demonstrationEntries } from './entries';
import { DEMONSTRATION_ORGS, DEMONSTRATION_REGISTRY } from './registry';

const CODE = { donor: 'donorCode', case: 'caseCode', sample: 'sampleCode' } as const;
const SUBJECTS = Object.keys(CODE) as Subject[];
/** Being listed, taken apart: enrolled here or before the ledger began, and not withdrawn since. */
const LISTED: readonly SpelledGuard[] = [
  { on: 'donor', after: { kind: 'DonorEnrolled' }, orOpening: true },
  { on: 'donor', notAfter: { kind: 'DonorWithdrawn' } },
];
type SpelledGuard = Guard & { readonly notAfter?: { readonly kind: string } };
const GUARDS = new Map<string, readonly SpelledGuard[]>(
  KINDS.map((kind: KindDefinition) => [
    kind.code,
    (kind.guards ?? []).flatMap((guard) => (guard.within ? LISTED : [guard])),
  ]),
);
const MENTIONED = new Set(
  [...GUARDS.values()].flat().map((guard) => guard.after?.kind ?? guard.notAfter?.kind ?? guard.unless),
);
const KNOWN_BY_THE_LEDGER = ['RecruitmentRegistered', 'SampleCollected', 'DonorEnrolled'];
const CONCLUSIONS = new Map<string, Subject | undefined>(KINDS.map(({ code, once }) => [code, once]));
const PATTERNS = { donor: /^D\d{9}$/, case: /^R202[34]-\d{6}$/, sample: /^S202[34]-\d{7}$/ } as const;

/** The first day of each subject × kind, and × outcome, that guards ask for. */
class Standing {
  private readonly days = new Map<string, string>();

  add(entry: EntryInput): void {
    if (!MENTIONED.has(entry.kind) && !KNOWN_BY_THE_LEDGER.includes(entry.kind)) return;
    for (const subject of SUBJECTS) {
      const code = entry[CODE[subject]];
      if (!code) continue;
      this.note(`${code} ${entry.kind}`, entry.occurredOn);
      if (entry.outcome) this.note(`${code} ${entry.kind} ${entry.outcome}`, entry.occurredOn);
    }
  }

  breach(entry: EntryInput): string | undefined {
    for (const guard of GUARDS.get(entry.kind) ?? []) {
      const code = entry[CODE[guard.on]];
      if (!code) continue;
      const { after, notAfter } = guard;
      if (after) {
        const day = this.days.get(`${code} ${after.kind}${after.outcome ? ` ${after.outcome}` : ''}`);
        const fromOpening = guard.orOpening && !KNOWN_BY_THE_LEDGER.some((kind) => this.days.has(`${code} ${kind}`));
        if (!(day && day <= entry.occurredOn) && !fromOpening) return `${entry.id} needs ${after.kind}`;
      }
      const excluded = guard.unless && this.days.get(`${code} ${guard.unless}`);
      if (excluded && excluded < entry.occurredOn) return `${entry.id} after ${guard.unless}`;
      const ended = notAfter && this.days.get(`${code} ${notAfter.kind}`);
      if (ended && ended <= entry.occurredOn && notAfter.kind !== entry.kind)
        return `${entry.id} after ${notAfter.kind}`;
    }
    return undefined;
  }

  private note(key: string, day: string): void {
    const known = this.days.get(key);
    if (known === undefined || day < known) this.days.set(key, day);
  }
}

function read() {
  const bounds = {
    orgs: new Map(DEMONSTRATION_ORGS.map(({ org }) => [org, null])),
    firstDay: DEMONSTRATION_REGISTRY.firstDay,
    today: '2024-12-31',
  };
  const standing = new Standing();
  const found = {
    batches: [] as number[],
    firstKinds: new Set<string>(),
    breaches: [] as string[],
    strayCodes: [] as string[],
    idsOutOfOrder: 0,
    contacted: new Set<string>(),
    enrolled: new Set<string>(),
    openingStock: 0,
    withdrawals: new Map<string, number>(),
    cases: new Map<string, EntryInput[]>(),
    places: new Map<string, PlaceEvent[]>(),
    concluded: new Set<string>(),
    concludedTwice: [] as string[],
  };
  let lastId = '';
  for (const batch of demonstrationEntries()) {
    if (found.batches.push(batch.length) === 1) for (const { kind } of batch) found.firstKinds.add(kind);
    for (const entry of batch) standing.add(entry);
    for (const entry of batch) {
      const breach = standing.breach(entry);
      if (breach) found.breaches.push(breach);
      checkEntry(entry, bounds);
      if (entry.id <= lastId) found.idsOutOfOrder += 1;
      lastId = entry.id;
      for (const subject of SUBJECTS) {
        const code = entry[CODE[subject]];
        if (code && !PATTERNS[subject].test(code)) found.strayCodes.push(code);
      }
      const { kind, caseCode, donorCode, quantity } = entry;
      if (kind === 'OpeningStock') found.openingStock += Number(quantity);
      if (kind === 'RetentionContacted' && donorCode) found.contacted.add(donorCode);
      if (kind === 'DonorEnrolled' && donorCode) found.enrolled.add(donorCode);
      if (kind === 'DonorWithdrawn' && donorCode) {
        found.withdrawals.set(donorCode, (found.withdrawals.get(donorCode) ?? 0) + 1);
      }
      const turn = turnOf(kind, entry.outcome ?? null);
      if (donorCode && turn) {
        const event = { day: entry.occurredOn, org: entry.org, kind, turn };
        found.places.set(donorCode, [...(found.places.get(donorCode) ?? []), event]);
      }
      const concludes = CONCLUSIONS.get(kind);
      const concluded = concludes && entry[CODE[concludes]];
      const conclusion = concluded && `${kind} ${concluded}`;
      if (conclusion && found.concluded.has(conclusion)) found.concludedTwice.push(conclusion);
      if (conclusion) found.concluded.add(conclusion);
      if (caseCode) found.cases.set(caseCode, [...(found.cases.get(caseCode) ?? []), entry]);
    }
  }
  return found;
}

const found = read();
const cases = [...found.cases.values()];
const dayOf = (entries: readonly EntryInput[], kind: string): string | undefined =>
  entries.find((entry) => entry.kind === kind)?.occurredOn;

describe('the order in which the demonstration is told', () => {
  it('concludes nothing twice', () => {
    expect(found.concludedTwice).toEqual([]);
  });

  it('moves stock at the org where the donor stands (R11)', () => {
    expect([...found.places].filter(([, events]) => findMisplaced(events)).slice(0, 5)).toEqual([]);
  });

  it('meets every guard, batch upon batch', () => {
    expect(found.breaches).toEqual([]);
  });

  it('begins with the opening tallies alone, and then fills its batches', () => {
    expect(found.firstKinds).toEqual(new Set(['OpeningStock', 'OpeningEnrolled', 'OpeningDonated']));
    expect(found.batches.slice(1, -1).every((size) => size === 10_000)).toBe(true);
  });

  it('gives each entry an id of its own and codes of their patterns', () => {
    expect(found.idsOutOfOrder).toBe(0);
    expect(found.strayCodes).toEqual([]);
  });
});

describe('the donors of the demonstration', () => {
  it('are of the opening or enrolled since, and no more of the opening than it had', () => {
    const ofOpening = [...found.contacted].filter((donor) => !found.enrolled.has(donor));
    expect(found.contacted.size - ofOpening.length).toBeGreaterThan(10_000);
    expect(ofOpening.length).toBeLessThanOrEqual(found.openingStock);
  });

  it('leave the registry at most once', () => {
    expect([...found.withdrawals.values()].every((times) => times === 1)).toBe(true);
  });

  it('have at most one open request at a time, and the same donor throughout it', () => {
    const closedOn = new Map<string, string>();
    for (const entries of cases) {
      const donor = entries[0]?.donorCode ?? '';
      expect(new Set(entries.map(({ donorCode }) => donorCode)).size).toBe(1);
      const before = closedOn.get(donor);
      if (before !== undefined) expect(before < (entries[0]?.occurredOn ?? '')).toBe(true);
      closedOn.set(donor, dayOf(entries, 'RequestClosed') ?? '9999');
    }
  });
});

describe('the requests of the demonstration', () => {
  const examined = cases.filter((entries) => dayOf(entries, 'ExamStarted'));

  it('cross the year’s end: some who agreed to typing in 2023 are examined in 2024', () => {
    const crossing = examined.filter(
      (entries) =>
        dayOf(entries, 'HrTypingAnswered')?.startsWith('2023') && dayOf(entries, 'ExamStarted')?.startsWith('2024'),
    );
    expect(crossing.length).toBeGreaterThan(12);
  });

  it('stay open where they are unfinished at the end of 2024, and else are closed with a side', () => {
    const open = cases.filter((entries) => !dayOf(entries, 'RequestClosed'));
    expect(open.length).toBeGreaterThan(300);
    expect(open.every((entries) => (entries.at(-1)?.occurredOn ?? '') >= '2024-05')).toBe(true);
    expect(open.filter((entries) => dayOf(entries, 'ExamStarted')).length).toBeGreaterThan(10);
  });

  it('come to the donation three to eight weeks after the last examination began', () => {
    const days = examined.flatMap((entries) => {
      const donation = entries.find(
        ({ kind, attributes }) => kind === 'DonationCompleted' && attributes?.sequence === '1',
      );
      if (!donation) return [];
      const exam = entries.findLast(
        ({ kind, occurredOn }) => kind === 'ExamStarted' && occurredOn < donation.occurredOn,
      );
      return [(Date.parse(donation.occurredOn) - Date.parse(exam?.occurredOn ?? '')) / 86_400_000];
    });
    expect(days).toHaveLength(109 + 136 - 3);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(21);
    expect(Math.max(...days)).toBeLessThanOrEqual(70);
  });
});
