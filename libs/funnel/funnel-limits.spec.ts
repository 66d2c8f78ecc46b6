import { funnelPlace } from './funnel-limits';

const HALF = { hits: 1, total: 2 };

describe('the limits of a funnel plot', () => {
  it.each([
    // P(X <= 1) of 10 coins is 11/1024 = 1.07 %, P(X <= 2) is 56/1024 = 5.47 %; P(X = 0) is 0.098 %.
    [10, ['20.00', '80.00'], ['10.00', '90.00']],
    // P(X = 0) of 6 coins is 1/64 = 1.56 %, P(X <= 1) is 10.9 %: at 99.8 % all is possible.
    [6, ['16.67', '83.33'], ['0.00', '100.00']],
    // Of 5 coins nothing is unusual: P(X = 0) is 3.1 %.
    [5, ['0.00', '100.00'], ['0.00', '100.00']],
    // Quantiles of Bin(100, 1/2) as printed in tables: 40 and 60; 35 and 65.
    [100, ['40.00', '60.00'], ['35.00', '65.00']],
  ])('of %i coins are where tails of 2.5 and of 0.1 percent end', (total, [lower, upper], [low, high]) => {
    const place = funnelPlace({ hits: 0, total }, HALF);
    expect(place.limits95).toEqual({ lower, upper });
    expect(place.limits998).toEqual({ lower: low, upper: high });
  });

  it.each([
    [2, 10, 'within'],
    [1, 10, 'below_95'],
    [0, 10, 'below_998'],
    [9, 10, 'above_95'],
    [10, 10, 'above_998'],
    [0, 5, 'within'],
  ])('put %i of %i coins %s', (hits, total, outside) => {
    expect(funnelPlace({ hits, total }, HALF).outside).toBe(outside);
  });

  it('do not make a city with one in six the worst, nor the best, where the whole has one in fifty', () => {
    expect(funnelPlace({ hits: 1, total: 6 }, { hits: 20, total: 1000 }).outside).toBe('within');
    expect(funnelPlace({ hits: 100, total: 600 }, { hits: 20, total: 1000 }).outside).toBe('above_998');
  });

  it('narrow down on the whole where everybody or nobody passes', () => {
    expect(funnelPlace({ hits: 0, total: 9 }, { hits: 0, total: 90 })).toMatchObject({
      limits95: { lower: '0.00', upper: '0.00' },
      outside: 'within',
    });
    expect(funnelPlace({ hits: 9, total: 9 }, { hits: 90, total: 90 })).toMatchObject({
      limits998: { lower: '100.00', upper: '100.00' },
      outside: 'within',
    });
  });

  it('are found for ten thousand cases in a moment', () => {
    const { limits95 } = funnelPlace({ hits: 4877, total: 10008 }, { hits: 4877, total: 10008 });
    expect(limits95).toEqual({ lower: '47.75', upper: '49.71' });
  });
});
