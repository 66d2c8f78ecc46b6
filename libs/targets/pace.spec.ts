import { paceOf, type PaceQuestion } from './pace';

const COUNT = { adds: 'sum', decimals: 0, unit: '例' } as const;
const RATE = { adds: 'ratio', decimals: 2, unit: '%' } as const;
const STOCK = { adds: 'stock', decimals: 0, unit: '人份' } as const;

/** 2024 as of 30 June: 182 of 366 days. */
function at(question: Partial<PaceQuestion>) {
  const { state, elapsed, achieved, due } = paceOf({
    definition: COUNT,
    operator: 'ge',
    target: '120',
    actual: '60',
    daysPassed: 182,
    days: 366,
    ...question,
  });
  return { state, elapsed, achieved, due };
}

describe('the pace of a count', () => {
  it('is held against the share of the days that have passed', () => {
    // 120 × 182/366 = 59.67
    expect(at({})).toEqual({ state: 'on_pace', elapsed: '49.73', achieved: '50.00', due: '60' });
    // 59.67 × 1.05 = 62.66, 59.67 × 0.95 = 56.69
    expect(['63', '62', '57', '56', '0'].map((actual) => at({ actual }).state)).toEqual([
      'ahead',
      'on_pace',
      'on_pace',
      'behind',
      'behind',
    ]);
  });

  it('is reached at the target, and behind once the period is over without it', () => {
    expect(at({ actual: '120' }).state).toBe('reached');
    expect(at({ actual: '119', daysPassed: 366 })).toMatchObject({ state: 'behind', elapsed: '100.00' });
  });

  it('counts the 29th of February: on it 60 of 366 days have passed', () => {
    expect(at({ daysPassed: 60 }).elapsed).toBe('16.39');
    expect(at({ daysPassed: 59, days: 365 }).elapsed).toBe('16.16');
  });

  it('is reached from the start where nothing is asked (≥ 0)', () => {
    expect(at({ target: '0', actual: '0' })).toMatchObject({ state: 'reached', achieved: null });
  });

  it('is not told while there is nothing to tell: missing is not zero', () => {
    expect(at({ actual: null })).toMatchObject({ state: 'no_data', achieved: null, due: null });
    expect(at({ daysPassed: 0 })).toMatchObject({ state: 'not_begun', elapsed: '0.00' });
  });
});

describe('the pace of a ceiling', () => {
  it('is used up as the days pass, and broken for good', () => {
    const of = (actual: string) => at({ operator: 'le', target: '10', actual }).state;
    // 10 × 182/366 × 1.05 = 5.22
    expect(['5', '6', '10', '11'].map(of)).toEqual(['within', 'behind', 'behind', 'exceeded']);
    expect(at({ operator: 'le', target: '10', actual: '10', daysPassed: 366 }).state).toBe('within');
  });

  it('of nothing holds until the first', () => {
    expect(['0', '1'].map((actual) => at({ operator: 'le', target: '0', actual }).state)).toEqual([
      'within',
      'exceeded',
    ]);
  });

  it('of a rate is held against the rate as it is', () => {
    const of = (actual: string) => at({ definition: RATE, operator: 'le', target: '100', actual });
    expect(of('100.00')).toMatchObject({ state: 'within', due: null });
    expect(of('100.01').state).toBe('exceeded');
  });
});

describe('the pace of what does not add up over time', () => {
  it('of a rate is none: it is there, or not yet', () => {
    const of = (actual: string) => at({ definition: RATE, target: '48', actual });
    expect(of('48.73')).toMatchObject({ state: 'reached', due: null, achieved: '101.52' });
    expect(of('47.99').state).toBe('short');
  });

  it('of a stock is how far it has come from where it began', () => {
    // From 185000 to 195000: after 182 of 366 days 4972.68 are due.
    const of = (actual: string) => at({ definition: STOCK, target: '195000', before: '185000', actual });
    expect(of('190000')).toMatchObject({ state: 'on_pace', due: '189973' });
    expect(of('188000').state).toBe('behind');
    expect(of('195000').state).toBe('reached');
    expect(at({ definition: STOCK, target: '195000', before: null, actual: '190000' }).state).toBe('short');
  });

  it('that is to be met exactly is broken above', () => {
    const of = (actual: string) => at({ definition: RATE, operator: 'eq', target: '100', actual }).state;
    expect(['99', '100.00', '101'].map(of)).toEqual(['short', 'reached', 'exceeded']);
  });
});
