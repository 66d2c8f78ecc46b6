import { findKind } from '../catalogue/kinds';
import type { CheckedEntry } from './check-entry';
import { findExcluded } from './exclusions';
import { findOtherDonors } from './one-donor';
import { refuseInTurn, type Rows } from './refuse-in-turn';

const entry = (kind: string, donorCode: string, occurredOn: string): CheckedEntry =>
  ({
    id: '',
    kind: findKind(kind),
    org: 'A',
    occurredOn,
    outcome: null,
    donorCode,
    caseCode: 'C1',
    sampleCode: null,
  }) as unknown as CheckedEntry;

/** Requests of two donors in turn under one code; the second donor's closing, dated before them, stands first but one. */
function mixedUp(rows: number): Map<number, CheckedEntry> {
  const requests = Array.from({ length: rows - 2 }, (_, at) =>
    entry('ScreenRequested', at % 2 === 0 ? 'D1' : 'D2', '2024-03-02'),
  );
  const all = [entry('ScreenRequested', 'D1', '2024-02-01'), entry('RequestClosed', 'D1', '2024-03-01'), ...requests];
  return new Map(all.entries());
}

async function refusalsOf(entries: ReadonlyMap<number, CheckedEntry>) {
  let asked = 0;
  const counted = (rows: Rows) => {
    asked += 1;
    return findOtherDonors(rows, new Map());
  };
  const refused = await refuseInTurn(entries, new Map(), {
    ofGround: () => Promise.resolve(new Map()),
    ofDonor: [],
    ofConflict: [counted, (rows) => findExcluded(rows, new Map())],
  });
  return { codes: [...refused].sort(([a], [b]) => a - b).map(([, { code }]) => code), asked };
}

describe('rows that have to do with one another', () => {
  it('are looked at again where they are as many as one request may have', async () => {
    const { codes } = await refusalsOf(mixedUp(6));
    expect(codes).toEqual(['guard_blocked', 'donor_differs', 'guard_blocked', 'donor_differs']);
  });

  it('keep their first refusal where they are thousands: none is held against all the others', async () => {
    const rows = 4_000;
    const { codes, asked } = await refusalsOf(mixedUp(rows));
    expect(new Set(codes)).toEqual(new Set(['donor_differs', 'guard_blocked']));
    expect(codes).toHaveLength(rows - 2);
    expect(asked).toBeLessThan(10);
  });
});
