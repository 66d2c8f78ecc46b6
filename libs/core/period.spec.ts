import {
  dateInShanghai,
  enclosingPeriods,
  isCalendarDate,
  nextMonth,
  parsePeriod,
  periodsWithin,
  requireDivisible,
  yearBefore,
} from './period';

describe('periods', () => {
  it.each([
    ['2024', 'year', '2024-01', '2024-12'],
    ['2024-H2', 'half', '2024-07', '2024-12'],
    ['2024-Q3', 'quarter', '2024-07', '2024-09'],
    ['2024-05', 'month', '2024-05', '2024-05'],
  ])('reads %s as a %s from %s to %s', (code, grain, firstMonth, lastMonth) => {
    expect(parsePeriod(code)).toEqual({ code, grain, firstMonth, lastMonth });
  });

  it.each([
    '',
    '24',
    '0000',
    '0999-12',
    '2024-13',
    '2024-00',
    '2024-H3',
    '2024-Q0',
    '2024-5',
    '2024-05-01',
    ' 2024',
    '2024-h1',
  ])('refuses “%s” and says how to write it', (code) => {
    expect(() => parsePeriod(code)).toThrow('2024-H1');
  });

  it('finds the finer periods inside a period, in order', () => {
    const codes = (code: string, grain: 'month' | 'quarter' | 'half' | 'year') =>
      periodsWithin(parsePeriod(code), grain).map((period) => period.code);

    expect(codes('2024-H2', 'quarter')).toEqual(['2024-Q3', '2024-Q4']);
    expect(codes('2024-Q1', 'month')).toEqual(['2024-01', '2024-02', '2024-03']);
    expect(codes('2024', 'half')).toEqual(['2024-H1', '2024-H2']);
    expect(codes('2024-Q1', 'year')).toEqual([]);
  });

  it.each([
    ['2024-05', 'quarter'],
    ['2024-Q2', 'half'],
    ['2024-H1', 'year'],
  ] as const)('does not divide %s by %s', (code, by) => {
    expect(() => requireDivisible(code, by)).toThrow(`The period ${code} holds no whole ${by}`);
  });

  it.each([
    ['2024', 'half'],
    ['2024-Q2', 'month'],
    ['2024-05', 'month'],
    ['2024-05', 'org'],
    ['2024-05', undefined],
  ] as const)('divides %s by %s', (code, by) => expect(() => requireDivisible(code, by)).not.toThrow());

  it('finds the periods around a month', () => {
    expect(enclosingPeriods('2024-07').map((period) => period.code)).toEqual(['2024-07', '2024-Q3', '2024-H2', '2024']);
  });

  it('steps over the end of a year, and back by one', () => {
    expect(nextMonth('2024-12')).toBe('2025-01');
    expect(yearBefore(parsePeriod('2024-Q1')).code).toBe('2023-Q1');
  });
});

describe('days', () => {
  it.each(['2024-02-29', '2000-02-29', '2024-12-31'])('knows %s', (day) => expect(isCalendarDate(day)).toBe(true));

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-02-31',
    '2024-04-31',
    '2024-00-10',
    '2024-13-01',
    '2024-01-00',
    '2024-1-1',
    '0000-01-01',
  ])('does not know %s', (day) => expect(isCalendarDate(day)).toBe(false));

  it('tells the day in Shanghai, where the new year comes eight hours before Greenwich', () => {
    expect(dateInShanghai(new Date('2023-12-31T15:59:59Z'))).toBe('2023-12-31');
    expect(dateInShanghai(new Date('2023-12-31T16:00:00Z'))).toBe('2024-01-01');
  });
});
