import {
  dateOf,
  DayWeights,
  firstDayOf,
  isWorkday,
  LAST_DAY,
  lastDayOf,
  monthOf,
  nextWorkday,
  yearOf,
} from './calendar';
import { Random } from './random';

describe('the days of the demonstration', () => {
  it('run from 2023-01-01 to 2024-12-31, the leap day among them', () => {
    expect(dateOf(0)).toBe('2023-01-01');
    expect(dateOf(firstDayOf(13) + 28)).toBe('2024-02-29');
    expect(dateOf(LAST_DAY)).toBe('2024-12-31');
    expect(() => dateOf(LAST_DAY + 1)).toThrow(RangeError);
    expect([yearOf(364), yearOf(365)]).toEqual([0, 1]);
    expect([monthOf(lastDayOf(13)), monthOf(lastDayOf(13) + 1)]).toEqual([13, 14]);
  });

  it('leave the offices closed at weekends and in the holidays', () => {
    const at = (date: string): number => (Date.parse(date) - Date.parse('2023-01-01')) / 86_400_000;
    expect(dateOf(nextWorkday(at('2024-02-09')))).toBe('2024-02-09');
    expect(dateOf(nextWorkday(at('2024-02-10')))).toBe('2024-02-19');
    expect(dateOf(nextWorkday(at('2023-09-29')))).toBe('2023-10-09');
    expect(isWorkday(at('2024-06-15'))).toBe(false);
  });

  it('are drawn within their bounds and never where their weight is 0', () => {
    const random = new Random('calendar');
    const workdays = new DayWeights((day) => (isWorkday(day) ? 1 : 0));
    for (let turn = 0; turn < 500; turn += 1) {
      const day = workdays.draw(random, 40, 70);
      expect(day).toBeGreaterThanOrEqual(40);
      expect(day).toBeLessThanOrEqual(70);
      expect(isWorkday(day)).toBe(true);
    }
    expect(workdays.draw(random, 3, 3)).toBe(3);
  });
});
