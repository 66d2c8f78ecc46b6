import { wilson } from './wilson';

describe('the interval of a share by Wilson', () => {
  it.each([
    // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    [81, 263, '25.53', '36.62'],
    [15, 148, '6.24', '16.05'],
    [0, 20, '0.00', '16.11'],
    [1, 29, '0.61', '17.18'],
    // By hand, from the formula.
    [5, 6, '43.65', '96.99'],
    [0, 10, '0.00', '27.75'],
    [10, 10, '72.25', '100.00'],
    [1, 1, '20.65', '100.00'],
    [4877, 10008, '47.75', '49.71'],
  ])('of %i in %i is from %s to %s percent', (hits, total, lower, upper) => {
    expect(wilson(hits, total)).toEqual({ lower, upper });
  });

  it.each([
    [0, 0],
    [2, 1],
    [-1, 3],
  ])('of %i in %i is refused', (hits, total) => {
    expect(() => wilson(hits, total)).toThrow(RangeError);
  });
});
