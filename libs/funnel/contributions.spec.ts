import { growthOf, type Pair } from './contributions';

const part = (org: string, now: string | null, before: string | null): Pair => ({ org, own: false, now, before });

describe('the parts of a growth', () => {
  it('add up to it, with what rounding leaves', () => {
    // 3 more of 300 are 1 %: three cities with one each have a third of a percent, and a hundredth is left.
    const growth = growthOf(
      { now: '303', before: '300' },
      ['A', 'B', 'C'].map((org) => part(org, '101', '100')),
    );
    expect(growth.contributions.map(({ points }) => points)).toEqual(['0.33', '0.33', '0.33']);
    expect(growth).toMatchObject({ growth: '1.00', missing: '0.00', rounding: '0.01' });
  });

  it('may be against it', () => {
    const growth = growthOf({ now: '90', before: '100' }, [part('A', '30', '60'), part('B', '60', '40')]);
    expect(growth).toMatchObject({ growth: '-10.00', missing: '0.00', rounding: '0.00' });
    expect(growth.contributions.map(({ points }) => points)).toEqual(['-30.00', '20.00']);
  });

  it('leave out who has no figure in one of both years, and say what that comes to: missing is not zero', () => {
    const parts = [part('A', '60', '50'), part('B', '5', null), part('C', null, '50'), part('D', null, null)];
    const growth = growthOf({ now: '65', before: '100' }, parts);
    expect(growth.contributions.map(({ points }) => points)).toEqual(['10.00', null, null, null]);
    expect(growth).toMatchObject({ growth: '-35.00', missing: '-45.00', rounding: '0.00' });
    expect(growthOf({ now: '7', before: '5' }, [part('A', '0', '0')]).contributions[0]?.points).toBe('0.00');
  });

  it.each([
    [null, '5'],
    ['5', null],
    ['5', '0'],
  ])('are none where the whole went from %s to %s', (now, before) => {
    expect(growthOf({ now, before }, [part('A', '5', '5')])).toMatchObject({
      growth: null,
      missing: null,
      rounding: null,
      contributions: [{ points: null }],
    });
  });
});
