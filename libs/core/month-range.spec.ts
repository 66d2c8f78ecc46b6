import { addMonths, daysBetween, lastDayOf, monthsOf, parseMonthRange, sameMonthsLastYear } from './month-range';

describe('a range of months', () => {
  it('is written from its first to its last month, or as a period', () => {
    expect(parseMonthRange('2024-01..2024-06')).toEqual({
      code: '2024-01..2024-06',
      firstMonth: '2024-01',
      lastMonth: '2024-06',
    });
    expect(parseMonthRange('2024-Q3').code).toBe('2024-07..2024-09');
    expect(parseMonthRange('2023-11..2024-02').code).toBe('2023-11..2024-02');
  });

  it.each([
    '2024-06..2024-01',
    '2024-1..2024-02',
    '2024-00..2024-02',
    '2024-01..2024-13',
    '2020-01..2023-01',
    '2024..2025',
  ])('is not %s', (text) => {
    expect(() => parseMonthRange(text)).toThrow(expect.objectContaining({ code: 'month_range_not_readable' }));
  });

  it('holds its months, also over a new year', () => {
    expect(monthsOf(parseMonthRange('2023-11..2024-02'))).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']);
    expect(sameMonthsLastYear(parseMonthRange('2023-11..2024-02')).code).toBe('2022-11..2023-02');
    expect(addMonths('2024-01', -1)).toBe('2023-12');
  });

  it('ends on the last day of its month, in a leap year on the 29th', () => {
    expect(lastDayOf('2024-02')).toBe('2024-02-29');
    expect(lastDayOf('2023-02')).toBe('2023-02-28');
    expect(lastDayOf('2024-12')).toBe('2024-12-31');
    expect(daysBetween('2024-01-01', '2024-12-31')).toBe(365);
  });
});
