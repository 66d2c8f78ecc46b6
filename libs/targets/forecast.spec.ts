import { decimal } from '../core/decimal';
import { addMonths } from '../core/month-range';
import { forecastFlow, forecastLevel, forecastRatio, type Forecast, type NoForecast } from './forecast';
import { likelihoodOf } from './likelihood';
import { normalBelow } from './normal';

function months(from: string, values: readonly (string | null)[]): Map<string, string> {
  return new Map(values.flatMap((value, at) => (value === null ? [] : [[addMonths(from, at), value] as const])));
}

function made(forecast: Forecast | NoForecast): Forecast {
  if ('because' in forecast) throw new Error(forecast.because.en);
  return forecast;
}

describe('the forecast of a count', () => {
  const lastYear = ['10', '10', '10', '10', '10', '10', '20', '20', '20', '20', '20', '20'];
  const second = ['07', '08', '09', '10', '11', '12'].map((month) => `2024-${month}`);
  const question = { lastMonth: '2024-06', remaining: second, decimals: 0 };

  it('goes by the same months of last year, times the growth of the months so far', () => {
    // This year 12, 14, 10, 12, 14, 10 = 72 against 60: growth 1.2. Ahead: 120 × 1.2 = 144, in all 216.
    // Deviations from 12: 0, 2, -2, 0, 2, -2: 16 / 5 = 3.2, spread 1.788854.
    // × √(6 + 6 × (120/60)²) = √30 = 5.477226: 9.797959. × 1.281552 = 12.5566, × 1.959964 = 19.2037.
    const values = new Map([
      ...months('2023-01', lastYear),
      ...months('2024-01', ['12', '14', '10', '12', '14', '10']),
    ]);
    const forecast = made(forecastFlow({ ...question, values, sofar: '72', whole: '72' }));
    expect(forecast).toMatchObject({ mean: '216', low80: '203', high80: '229', low95: '197', high95: '235' });
    expect(forecast.deviation.toFixed(6)).toBe('9.797959');
    expect(forecast.method.zh).toContain('上年同月');
    expect(forecast.method.zh).toContain('120.0%');
  });

  it('goes by the mean of the months where there is no last year', () => {
    // Mean 10 of 8, 12, 10: ahead 60, in all 90. Spread √(8/2) = 2, × √(6 + 36/3) = 4.242641: 8.485281.
    const values = months('2024-04', ['8', '12', '10']);
    const forecast = made(forecastFlow({ ...question, values, sofar: '30', whole: '30' }));
    expect(forecast).toMatchObject({ mean: '90', low80: '79', high80: '101', low95: '73', high95: '107' });
    expect(forecast.method.zh).toContain('月均 10.0');
  });

  it('goes by the mean where the months follow it more closely than last year, whose ledger was only filling', () => {
    const values = new Map([
      ...months('2023-01', ['0', '1', '2', '5', '9', '10', '10', '10', '10', '10', '10', '10']),
      ...months('2024-01', ['10', '11', '10', '9', '10', '10']),
    ]);
    // The latest twelve months come to 120.
    const forecast = made(forecastFlow({ ...question, values, sofar: '60', whole: '60' }));
    expect(forecast.mean).toBe('120');
    expect(forecast.method.zh).toContain('月均 10.0');
  });

  it('never falls below what is there already, the running month too', () => {
    const values = months('2024-04', ['0', '30', '0']);
    const forecast = made(forecastFlow({ ...question, values, sofar: '100', whole: '30' }));
    expect([forecast.low80, forecast.low95]).toEqual(['100', '100']);
    expect(forecast.mean).toBe('100');
  });

  it('leaves a missing month out instead of taking it for zero', () => {
    const values = months('2024-02', ['10', null, '10', '10', '10']);
    expect(made(forecastFlow({ ...question, values, sofar: '40', whole: '40' })).mean).toBe('100');
  });

  it('is not made of two months, and says so', () => {
    const values = months('2024-05', ['10', '10']);
    expect(forecastFlow({ ...question, values, sofar: '20', whole: '20' })).toEqual({
      because: {
        zh: '只有 2 个完整月份有数据，少于 3 个，不作预测。',
        en: 'Only 2 whole months have data, fewer than 3: no forecast is made.',
      },
    });
  });

  it('is what came when nothing remains', () => {
    const values = months('2024-01', ['10', '12', '14']);
    const forecast = made(
      forecastFlow({ ...question, values, lastMonth: '2024-03', remaining: [], sofar: '36', whole: '36' }),
    );
    expect(forecast).toMatchObject({ mean: '36', low95: '36', high95: '36' });
  });
});

describe('the forecast of a level', () => {
  it('goes on from the last one by the mean monthly change', () => {
    // Changes 10, 14, 12: mean 12, spread 2, × √(3 + 9/3) = 2.449490: 4.898979.
    const values = months('2024-03', ['100', '110', '124', '136']);
    const forecast = made(forecastLevel({ values, lastMonth: '2024-06', monthsAhead: 3, decimals: 0, falls: true }));
    expect(forecast).toMatchObject({ mean: '172', low80: '166', high80: '178', low95: '162', high95: '182' });
  });

  it('of what only grows never falls below the last one', () => {
    const values = months('2024-03', ['100', '100', '100', '190']);
    const question = { values, lastMonth: '2024-06', monthsAhead: 1, decimals: 0, falls: false };
    expect(made(forecastLevel(question)).low95).toBe('190');
    expect(decimal(made(forecastLevel({ ...question, falls: true })).low95).lessThan(190)).toBe(true);
  });
});

describe('the forecast of a rate', () => {
  it('is what is there and the months ahead at the rate so far, never a mean of rates', () => {
    // 30 of 60, the denominator comes to 120: 30 + 0.5 × 60 = 60 of 120. Deviations 0, 1, -1: spread 1.
    // × √(3 + 3 × (60/60)²) = 2.449490, × 100/120 = 2.041241; × 1.281552 = 2.61596.
    const forecast = made(
      forecastRatio({
        numerators: months('2024-04', ['10', '11', '9']),
        denominators: months('2024-04', ['20', '20', '20']),
        lastMonth: '2024-06',
        numerator: '30',
        denominator: '60',
        denominatorAtEnd: decimal('120'),
        monthsAhead: 3,
        scale: 100,
        decimals: 2,
        isPart: true,
      }),
    );
    expect(forecast).toMatchObject({ mean: '50.00', low80: '47.38', high80: '52.62' });
  });

  it('ends at 0, and at 100 only where the numerator is a part of the denominator; the words say which', () => {
    // 57 of 60, deviations 1, -1, 0: spread 1, × 2.449490 × 100/120 = 2.041241; × 1.959964 = 4.00076.
    const question = {
      numerators: months('2024-04', ['20', '18', '19']),
      denominators: months('2024-04', ['20', '20', '20']),
      ...{ lastMonth: '2024-06', numerator: '57', denominator: '60', denominatorAtEnd: decimal('120') },
      ...{ monthsAhead: 3, scale: 100, decimals: 2 },
    };
    const [part, loose] = [true, false].map((isPart) => made(forecastRatio({ ...question, isPart })));
    expect([part?.mean, part?.low95, part?.high95]).toEqual(['95.00', '91.00', '99.00']);
    // Deviations 1, -2, 1: spread √3: 6.92952.
    const wide = { ...question, numerators: months('2024-04', ['20', '17', '20']) };
    const [cut, open] = [true, false].map((isPart) => made(forecastRatio({ ...wide, isPart })));
    expect([cut?.high95, open?.high95]).toEqual(['100.00', '101.93']);
    expect([part?.method.zh, loose?.method.zh]).toEqual([
      expect.stringContaining('不超出 0 至 100'),
      expect.stringContaining('上端不截'),
    ]);
    const few = { ...question, numerators: months('2024-04', ['0', '3', '0']), numerator: '3' };
    expect(made(forecastRatio({ ...few, isPart: false })).low95).toBe('0.00');
  });
});

describe('the likelihood of a target', () => {
  const around = (middle: string, deviation: string) => ({ middle: decimal(middle), deviation: decimal(deviation) });
  const of = (operator: 'ge' | 'le' | 'eq', target: string) => ({ operator, target, decimals: 0 });

  it('is the part of the distribution on its side', () => {
    // From 99.5: z = 0.05; Φ(0.05) = 0.519939.
    expect(likelihoodOf(around('100', '10'), of('ge', '100'), null)).toMatchObject({ percent: '52', warning: false });
    // Up to 90.5: z = -0.95; Φ = 0.171056.
    expect(likelihoodOf(around('100', '10'), of('le', '90'), null)).toMatchObject({ percent: '17', warning: true });
    // Between z = -0.05 and 0.05: 0.039878.
    expect(likelihoodOf(around('100', '10'), of('eq', '100'), null)).toMatchObject({ percent: '4', warning: true });
  });

  it('is never certain before it is settled', () => {
    expect(likelihoodOf(around('200', '10'), of('ge', '100'), null).percent).toBe('99');
    expect(likelihoodOf(around('20', '10'), of('ge', '100'), null)).toMatchObject({
      percent: '1',
      words: { zh: '很难达到' },
    });
    expect(likelihoodOf(around('90', '10'), of('ge', '100'), 'met')).toMatchObject({ percent: '100', warning: false });
    expect(likelihoodOf(around('90', '10'), of('le', '1'), 'broken')).toMatchObject({
      ...{ percent: '0', warning: true, words: { zh: '已经超过' } },
    });
  });

  it('that is over says of a floor that it was not reached, and not that it was exceeded', () => {
    expect(likelihoodOf(around('358', '0'), of('ge', '360'), 'broken')).toMatchObject({
      ...{ percent: '0', warning: true, words: { zh: '没有达到', en: 'not reached' } },
    });
  });

  it('goes by the normal distribution', () => {
    const table = ['0', '0.5', '1', '1.281552', '1.959964', '3', '-1', '-7', '7'];
    expect(table.map((z) => normalBelow(decimal(z)).toFixed(6))).toEqual([
      '0.500000',
      '0.691462',
      '0.841345',
      '0.900000',
      '0.975000',
      '0.998650',
      '0.158655',
      '0.000000',
      '1.000000',
    ]);
  });
});
