import { decimal, plain, round } from './decimal';

describe('decimals', () => {
  it.each([
    ['48.725', 2, '48.73'],
    ['-48.725', 2, '-48.73'],
    ['9.375', 2, '9.38'],
    ['0.005', 2, '0.01'],
    ['-0.004', 2, '0.00'],
    ['6.9058', 1, '6.9'],
    ['2', 2, '2.00'],
  ])('rounds %s to %i decimals half away from zero: %s', (text, decimals, rounded) => {
    expect(round(decimal(text), decimals)).toBe(rounded);
  });

  it('keeps what a binary float would lose', () => {
    expect(decimal('1075.37').plus(decimal('101.36')).toFixed()).toBe('1176.73');
    expect(round(decimal('4877').times(100).div(10008), 2)).toBe('48.73');
  });

  it.each([
    ['12.50', '12.5'],
    ['-0.0', '0'],
    ['007', '7'],
    ['100', '100'],
  ])('writes %s plainly as %s', (text, written) => expect(plain(text)).toBe(written));

  it.each(['', '1e3', '1,000', '٣', 'NaN', '1.', '.5'])('does not read “%s”', (text) => {
    expect(() => decimal(text)).toThrow('not a decimal number');
  });
});
