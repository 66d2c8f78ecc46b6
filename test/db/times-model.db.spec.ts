import fc from 'fast-check';
import { readTimes } from '../../libs/funnel/times';
import { reverseEntries } from '../../libs/ledger/reverse';
import { requestOf } from '../support/request-of';
import { append, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...['P', 'A', 'A1', 'B'].flatMap((org) => opening(org)));
}, 60_000);

afterAll(() => database.drop());

const FIRST_DAY = Date.UTC(2023, 10, 1);
const dayOf = (number: number) => new Date(FIRST_DAY + number * 86_400_000).toISOString().slice(0, 10);

interface Turn {
  readonly day: number;
  readonly what: 'RequestHeld patient_side' | 'RequestHeld donor_side' | 'RequestResumed';
}

/** A request in days from November 2023 on; asked again where there are two, the first taken back where it is said. */
interface Told {
  readonly org: string;
  readonly agreed: number;
  readonly asked: readonly number[];
  readonly firstTakenBack: boolean;
  readonly turns: readonly Turn[];
  readonly closed: number | null;
}

const TOLD: fc.Arbitrary<Told> = fc.record({
  org: fc.constantFrom('P', 'A', 'A1', 'B'),
  agreed: fc.nat(40),
  asked: fc.array(fc.nat(60), { maxLength: 2 }),
  firstTakenBack: fc.boolean(),
  turns: fc.array(
    fc.record({
      day: fc.nat(50),
      what: fc.constantFrom<Turn['what'][]>('RequestHeld patient_side', 'RequestHeld donor_side', 'RequestResumed'),
    }),
    { maxLength: 6 },
  ),
  closed: fc.option(fc.integer({ min: 61, max: 90 })),
});

/** As a person would count, day by day. */
function daysOf({
  agreed,
  asked,
  firstTakenBack,
  turns,
}: Told): { reached: number; days: number; paused: number } | null {
  const standing = firstTakenBack ? asked.slice(1) : asked;
  if (standing.length === 0) return null;
  const days = Math.min(...standing);
  let held = false;
  let paused = 0;
  // A hold from before the answer counts from the answer on.
  for (let day = -agreed; day < days; day += 1) {
    const here = turns.filter((turn) => turn.day === day && turn.what !== 'RequestHeld donor_side');
    const holds = here.some(({ what }) => what !== 'RequestResumed');
    const resumes = here.some(({ what }) => what === 'RequestResumed');
    if (holds !== resumes) held = holds;
    if (held && day >= 0) paused += 1;
  }
  return { reached: agreed + days, days, paused };
}

function percentile(values: readonly number[], share: [number, number]): string | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const [numerator, denominator] = share;
  const place = (sorted.length - 1) * numerator;
  const index = Math.floor(place / denominator);
  const [low = 0, high = low] = sorted.slice(index, index + 2);
  return (Math.round(low * 10 + ((high - low) * (place % denominator) * 10) / denominator) / 10).toFixed(1);
}

const ORGS: readonly [org: string, own: boolean, members: readonly string[]][] = [
  ['P', false, ['P', 'A', 'A1', 'B']],
  ['P', true, ['P']],
  ['A', false, ['A', 'A1']],
  ['A', true, ['A']],
  ['B', false, ['B']],
];
const PERIODS: readonly [period: string, first: string, last: string][] = [
  ['2023', '2023-01-01', '2023-12-31'],
  ['2024', '2024-01-01', '2024-12-31'],
  ['2024-Q1', '2024-01-01', '2024-03-31'],
  ['2024-02', '2024-02-01', '2024-02-29'],
];

const known: Told[] = [];

it('whatever the requests, their days, pauses and open cases are what is counted by hand', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(TOLD, { minLength: 1, maxLength: 12 }), async (told) => {
      await write(told);
      known.push(...told);
      for (const [org, own, members] of ORGS) {
        for (const [period, first, last] of PERIODS) {
          const asked = { registryId: REGISTRY, org, own, period, from: 'screen_agreed', to: 'remobilise_requested' };
          const [row] = (await readTimes(database.source, asked)).times;
          expect({ org, own, period, ...row }).toEqual({
            period,
            month: null,
            ...expected(org, own, members, first, last),
          });
        }
      }
    }),
    { numRuns: 8 },
  );
});

function expected(org: string, own: boolean, members: readonly string[], first: string, last: string) {
  const ours = known.filter((one) => members.includes(one.org));
  const pairs = ours.flatMap((one) => {
    const pair = daysOf(one);
    return pair && dayOf(pair.reached) >= first && dayOf(pair.reached) <= last ? [pair] : [];
  });
  const open = ours.filter((one) => {
    const reached = daysOf(one)?.reached;
    const over = one.closed === null ? undefined : one.agreed + one.closed;
    return dayOf(one.agreed) <= last && [reached, over].every((day) => day === undefined || dayOf(day) > last);
  });
  const all = pairs.map(({ days }) => days);
  const without = pairs.map(({ days, paused }) => days - paused);
  return {
    ...{ org, own, pairs: pairs.length, paused: pairs.filter(({ paused }) => paused > 0).length, open: open.length },
    ...{ median: percentile(all, [1, 2]), p90: percentile(all, [9, 10]) },
    ...{ medianWithoutPauses: percentile(without, [1, 2]), p90WithoutPauses: percentile(without, [9, 10]) },
  };
}

async function write(told: readonly Told[]): Promise<void> {
  const mistaken: string[] = [];
  const entries = told.flatMap(({ org, agreed, asked, firstTakenBack, turns, closed }) => {
    const at = (day: number) => dayOf(agreed + day);
    // Nothing is resumed that was not held: what would be is left out of the ledger, and changes nothing by hand either.
    const firstHold = Math.min(...turns.filter(({ what }) => what !== 'RequestResumed').map(({ day }) => day));
    const taken = turns.filter(({ what, day }) => what !== 'RequestResumed' || day >= firstHold);
    const request = requestOf(org, [
      ...[`${at(0)} ScreenRequested`, `${at(0)} ScreenAnswered agreed`],
      ...asked.map((day) => `${at(day)} RemobiliseRequested`),
      ...taken.map(({ day, what }) => `${at(day)} ${what}`),
      ...(closed === null ? [] : [`${at(closed)} RequestClosed patient_side`]),
    ]);
    if (firstTakenBack && asked.length > 0) mistaken.push(request[2]?.id ?? '');
    return request;
  });
  await append(database.source, ...entries);
  const reversals = mistaken.map((reverses) => ({ id: entry().id, reverses, justification: '登记有误' }));
  if (reversals.length > 0) await reverseEntries(database.source, reversals, WRITER);
}
