import { createHash } from 'node:crypto';
import type { EntryInput } from '../ledger/entry-input';
import { DEMONSTRATION_SIZE, demonstrationEntries } from './entries';
import { DEMONSTRATION_ORGS } from './registry';

const YEARS = ['2023', '2024'] as const;
const CITIES = DEMONSTRATION_ORGS.filter(({ parent }) => parent !== null).map(({ org }) => org);
const MONTHS = YEARS.flatMap((year) =>
  Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`),
);

/** What an entry of a kind, or of a kind and outcome, does to the stock. */
const STOCK: Readonly<Record<string, number>> = {
  OpeningStock: 1,
  DonorEnrolled: 1,
  DonorWithdrawn: -1,
  'DonorTransferred in': 1,
  'DonorTransferred out': -1,
};

/** Sums by `kind outcome org month`, a hash of everything, and the persons behind the distinct figures. */
function read() {
  const sums = new Map<string, number>();
  const stock = new Map<string, number>();
  const persons = new Map<string, Set<string>>();
  const donations: EntryInput[] = [];
  const hash = createHash('sha256');
  let size = 0;
  for (const batch of demonstrationEntries()) {
    hash.update(JSON.stringify(batch));
    size += batch.length;
    for (const entry of batch) {
      const { kind, outcome, org, occurredOn, quantity = '1', donorCode } = entry;
      const month = occurredOn.slice(0, 7);
      const cell = `${kind} ${quantity === '0' ? 'nil' : (outcome ?? '')} ${org} ${month}`;
      sums.set(cell, (sums.get(cell) ?? 0) + Number(quantity));
      const change = (STOCK[kind] ?? STOCK[`${kind} ${outcome}`] ?? 0) * Number(quantity);
      stock.set(month, (stock.get(month) ?? 0) + change);
      if (donorCode && (kind === 'RetentionContacted' || kind === 'DonationCompleted')) {
        for (const period of [month, month.slice(0, 4)]) {
          const key = `${kind} ${period}`;
          const known = persons.get(key) ?? new Set();
          persons.set(key, known.add(donorCode));
        }
      }
      if (kind === 'DonationCompleted' && donorCode) donations.push(entry);
    }
  }
  return { sums, stock, persons, donations, size, digest: hash.digest('hex') };
}

const told = read();

function count(kind: string, outcome: string | undefined, period: string, orgs?: readonly string[]): number {
  let sum = 0;
  for (const [cell, quantity] of told.sums) {
    const [ofKind, ofOutcome, org = '', month = ''] = cell.split(' ');
    if (ofKind !== kind || !month.startsWith(period)) continue;
    if ((outcome === undefined || ofOutcome === outcome) && (!orgs || orgs.includes(org))) sum += quantity;
  }
  return sum;
}

function stockAfter(month: string): number {
  return MONTHS.filter((one) => one <= month).reduce((sum, one) => sum + (told.stock.get(one) ?? 0), 0);
}

describe('the two years of the demonstration', () => {
  it.each([
    ['RecruitmentRegistered', undefined, 10_800, 12_000],
    ['SampleDispatched', undefined, 2_530, 2_805],
    ['ScreenRequested', undefined, 9_312, 10_008],
    ['ScreenAnswered', 'agreed', 4_433, 4_877],
    ['RemobiliseRequested', undefined, 1_021, 1_114],
    ['RemobiliseAnswered', 'agreed', 652, 726],
    ['HrTypingRequested', undefined, 377, 358],
    ['HrTypingAnswered', 'agreed', 241, 219],
    ['ExamStarted', undefined, 187, 231],
    ['ExamConcluded', undefined, 149, 181],
    ['DonationCompleted', undefined, 109, 136],
    ['DonorWithdrawn', undefined, 1_950, 2_310],
    ['DonorRetracted', 'late', 0, 0],
    ['SampleRejected', 'destroyed', 0, 0],
    ['SampleRejected', 'discarded', 0, 0],
  ])('come to the totals of %s %s: %i and %i', (kind, outcome, in2023, in2024) => {
    expect(YEARS.map((year) => count(kind, outcome, year))).toEqual([in2023, in2024]);
  });

  it('end with 196,937 donors in stock, and have more in each quarter than in the one before', () => {
    const quarters = MONTHS.filter((_, month) => month % 3 === 2).map(stockAfter);
    expect(quarters.at(-1)).toBe(196_937);
    expect(quarters).toEqual([...quarters].sort((a, b) => a - b));
  });

  it('count each person contacted once a year, and again in each month', () => {
    const distinct = (period: string): number => told.persons.get(`RetentionContacted ${period}`)?.size ?? 0;
    expect(YEARS.map(distinct)).toEqual([172_043, 186_594]);
    for (const [place, year] of YEARS.entries()) {
      const months = MONTHS.slice(place * 12, place * 12 + 12).reduce((sum, month) => sum + distinct(month), 0);
      expect(months - distinct(year)).toBeGreaterThan(3_000);
    }
  });

  it('have one donor who gave twice in 2024, and wait long enough before each second donation', () => {
    expect(told.persons.get('DonationCompleted 2024')?.size).toBe(135);
    const second = told.donations.filter(({ attributes }) => attributes?.['sequence'] === '2');
    expect(second.map(({ outcome }) => outcome).sort()).toEqual(['hpc_apheresis', 'lymphocytes', 'lymphocytes']);
    for (const { donorCode, occurredOn, outcome } of second) {
      const first = told.donations.find((one) => one.donorCode === donorCode)?.occurredOn ?? '';
      const days = (Date.parse(occurredOn) - Date.parse(first)) / 86_400_000;
      expect(days).toBeGreaterThanOrEqual(outcome === 'lymphocytes' ? 31 : 92);
    }
  });

  it('have donations in every city in either year', () => {
    for (const city of CITIES) {
      for (const year of YEARS) expect(count('DonationCompleted', undefined, year, [city])).toBeGreaterThan(0);
    }
  });

  it('pass samples on in every month, all by the registry itself', () => {
    for (const month of MONTHS) expect(count('SampleDispatched', undefined, month)).toBeGreaterThan(0);
    expect(count('SampleDispatched', undefined, '', CITIES)).toBe(0);
  });

  it('report retractions of every city in every month, as nil where there were none', () => {
    for (const city of CITIES) {
      for (const month of MONTHS) {
        const reported = ['nil', 'early'].some((outcome) =>
          told.sums.has(`DonorRetracted ${outcome} ${city} ${month}`),
        );
        expect(reported).toBe(true);
      }
    }
  });

  it('are quiet at Spring Festival and lively on the campuses', () => {
    const recruited = (month: string): number => count('RecruitmentRegistered', undefined, month);
    expect(recruited('2024-02')).toBeLessThan(recruited('2024-01'));
    expect(recruited('2024-04')).toBeGreaterThan(2 * recruited('2024-02'));
    expect(recruited('2024-10')).toBeGreaterThan(1.5 * recruited('2024-08'));
    expect(count('ScreenRequested', undefined, '2024-02')).toBeLessThan(count('ScreenRequested', undefined, '2024-03'));
  });

  it('are the same in every run', () => {
    expect(told.size).toBe(DEMONSTRATION_SIZE);
    expect(read().digest).toBe(told.digest);
  });
});
