import fc from 'fast-check';
import { splitTarget } from './split';

function of(whole: string, shares: Record<string, string | null>, keepRest = false) {
  const list = Object.entries(shares).map(([org, share]) => ({ org, share }));
  const { parts, remainder } = splitTarget(whole, list, keepRest);
  return [...parts.map(({ org, value }) => `${org} ${value}`), remainder];
}

describe('a target', () => {
  it('is split in whole units, what is left over going to the largest fractions', () => {
    // 100 × 5/11 = 45.45…, 100 × 4/11 = 36.36…, 100 × 2/11 = 18.18…
    expect(of('100', { A: '5', B: '4', C: '2' })).toEqual(['A 46', 'B 36', 'C 18', '0']);
    // 120 × 31/77 = 48.31…, × 24/77 = 37.40…, × 22/77 = 34.28…
    expect(of('120', { A: '31', B: '24', C: '22' })).toEqual(['A 48', 'B 38', 'C 34', '0']);
  });

  it('is split equally, of equal fractions to the first by code', () => {
    expect(of('100', { C: '1', A: '1', B: '1' })).toEqual(['C 33', 'A 34', 'B 33', '0']);
  });

  it('leaves the rest with the province where that is wished, and says how much it is', () => {
    expect(of('100', { A: '1', B: '1', C: '1' }, true)).toEqual(['A 33', 'B 33', 'C 33', '1']);
  });

  it('keeps what is no whole unit as a remainder', () => {
    expect(of('10.5', { A: '1', B: '1' })).toEqual(['A 5', 'B 5', '0.5']);
  });

  it('gives nothing to an org whose share is not known', () => {
    expect(of('10', { A: '1', B: null, C: '0' })).toEqual(['A 10', 'B 0', 'C 0', '0']);
  });

  it.each<[string, Record<string, string | null>]>([
    ['all are nothing', { A: '0', B: null }],
    ['one is negative', { A: '-1', B: '3' }],
    ['there are none', {}],
  ])('is not split where %s', (_, shares) => {
    expect(() => of('10', shares)).toThrow(expect.objectContaining({ code: 'shares_not_usable' }));
  });

  it('is the sum of its parts and the remainder, whatever the shares, and no part is off by a whole unit', () => {
    const share = fc.nat({ max: 100_000 });
    fc.assert(
      fc.property(
        fc.nat({ max: 1_000_000 }),
        fc.array(share, { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (whole, shares, keep) => {
          fc.pre(shares.some((one) => one > 0));
          const list = shares.map((one, at) => ({ org: `C${at}`, share: String(one) }));
          const { parts, partsTotal, remainder } = splitTarget(String(whole), list, keep);
          const sum = parts.reduce((total, { value }) => total + BigInt(value), 0n);
          const total = shares.reduce((a, b) => a + b, 0);
          expect([sum, sum + BigInt(remainder)]).toEqual([BigInt(partsTotal), BigInt(whole)]);
          if (!keep) expect(remainder).toBe('0');
          for (const [at, { value }] of parts.entries()) {
            expect(Math.abs(Number(value) - (whole * shares[at]!) / total)).toBeLessThan(1);
          }
        },
      ),
    );
  });
});
