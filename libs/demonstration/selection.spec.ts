import { firstDayOf, LAST_DAY } from './calendar';
import { Random } from './random';
import { takeStep } from './selection';

const candidates = Array.from({ length: 900 }, (_, number) => ({ number, due: number }));

describe('a step that so many take in each year', () => {
  it('is taken by exactly as many, on days of that year', () => {
    const { taken, left, open } = takeStep('steps', candidates, [100, 50], new Random('a'));
    expect(taken.filter(({ due }) => due < firstDayOf(12))).toHaveLength(100);
    expect(taken.filter(({ due }) => due >= firstDayOf(12))).toHaveLength(50);
    expect(open.map(({ due }) => due)).toEqual(candidates.map(({ due }) => due).filter((due) => due > LAST_DAY));
    expect(taken.length + left.length + open.length).toBe(candidates.length);
  });

  it('is taken more often by those who weigh more', () => {
    const { taken } = takeStep('steps', candidates, [120, 120], new Random('b'), ({ number }) => (number % 2 ? 3 : 1));
    expect(taken.filter(({ number }) => number % 2).length).toBeGreaterThan(150);
  });

  it('stops when there are too few for a total', () => {
    expect(() => takeStep('steps', candidates, [366, 0], new Random('c'))).toThrow('steps: 366 wanted, 365 at hand');
  });
});
