import { allocate } from './allocation';

describe('a whole number split by weights', () => {
  it.each([
    [120, [16, 11, 9, 8.5, 7.5, 7, 6.5, 6, 5.5, 5, 5, 4.5, 4.5, 4]],
    [10, [1, 1, 1]],
    [0, [2, 3]],
    [1, [0, 0, 5]],
  ])('adds up to %i, each share within one of its exact part', (total, weights) => {
    const sum = weights.reduce((a, b) => a + b);
    const shares = allocate(total, weights);
    expect(shares.reduce((a, b) => a + b)).toBe(total);
    shares.forEach((share, place) => {
      expect(Number.isInteger(share)).toBe(true);
      expect(Math.abs(share - (total * (weights[place] ?? 0)) / sum)).toBeLessThan(1);
    });
  });

  it('gives what is left to the largest remainders, then to the first', () => {
    expect(allocate(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(allocate(3, [0.5, 2.5])).toEqual([1, 2]);
    expect(allocate(100, [0, 1])).toEqual([0, 100]);
  });

  it('refuses to split by nothing', () => {
    expect(() => allocate(5, [0, 0])).toThrow(RangeError);
  });
});
