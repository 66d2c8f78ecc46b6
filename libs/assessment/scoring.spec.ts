import { plain } from '../core/decimal';
import { DEFAULT_PACK } from './packs/default-pack';
import { HUBEI_PACK } from './packs/hubei-pack';
import { HUNAN_PACK } from './packs/hunan-pack';
import type { RulePack } from './rule-packs';
import {
  BudgetIsZero,
  gradeOf,
  overAchieved,
  ScoreOutsideBand,
  scoreBudgetExecution,
  scoreLabel,
  scoreNumber,
} from './scoring';
import { numberTarget, type Operator } from '../core/target-text';

const LINEAR: RulePack = { ...DEFAULT_PACK, lowerBetterMissed: 'linear' };

type Vector = readonly [Operator, target: string, actual: string, weight: string, score: string];

describe('the score of a counted line', () => {
  it.each<Vector>([
    ['ge', '100', '136', '10', '10'],
    ['ge', '80', '48.73', '10', '6.09'],
    ['ge', '90', '95', '5', '5'],
    ['le', '100', '125', '10', '8.00'],
    ['le', '100', '200', '10', '5.00'],
    ['eq', '8', '9', '4', '4'],
    ['le', '0', '115.53', '2', '0'],
    ['eq', '2', '1', '4', '2.00'],
    ['eq', '0', '3.67', '2', '0'],
  ])('%s %s with %s of %s points is %s by the default pack', (operator, value, actual, weight, score) => {
    expect(plain(scoreNumber({ operator, value }, actual, weight, DEFAULT_PACK))).toBe(plain(score));
  });

  it.each<Vector>([
    ['le', '100', '125', '10', '7.50'],
    ['le', '100', '200', '10', '0'],
    ['le', '100', '250', '10', '0'],
    ['le', '0', '115.53', '2', '0'],
    ['ge', '80', '48.73', '10', '6.09'],
  ])('%s %s with %s of %s points is %s by the linear variant', (operator, value, actual, weight, score) => {
    expect(plain(scoreNumber({ operator, value }, actual, weight, LINEAR))).toBe(plain(score));
  });

  it.each<Vector>([
    ['eq', '0', '-1', '2', '2.00'],
    ['eq', '0', '0', '3', '3.00'],
    ['ge', '100', '-5', '10', '0.00'],
    ['ge', '0', '-5', '10', '0.00'],
    ['ge', '-10', '-20', '10', '0.00'],
    ['le', '-35', '-20', '10', '0.00'],
    ['ge', '1000', '999.5', '10', '10.00'],
    ['ge', '200', '0.01', '10', '0.00'],
    ['ge', '8', '1.002', '1', '0.13'],
  ])(
    '%s %s with %s of %s points is %s: never below 0 nor above the weight, half-up',
    (operator, value, actual, weight, score) => {
      expect(scoreNumber({ operator, value }, actual, weight, DEFAULT_PACK)).toBe(score);
    },
  );

  it.each<Vector>([
    ['eq', '8', '9', '4', '0.00'],
    ['eq', '8', '8', '4', '4.00'],
    ['eq', '0', '-1', '2', '0.00'],
    ['ge', '100', '80', '10', '8.00'],
  ])(
    '%s %s with %s of %s points is %s where ＝ means equal and nothing else',
    (operator, value, actual, weight, score) => {
      expect(scoreNumber({ operator, value }, actual, weight, { ...DEFAULT_PACK, equals: 'only_equal' })).toBe(score);
    },
  );

  it.each<Vector>([
    ['ge', '100', '130', '10', '10.00'],
    ['ge', '100', '136', '10', '9.40'],
    ['ge', '100', '231.41', '10', '0.00'],
    ['ge', '0', '5', '10', '10.00'],
    ['le', '100', '20', '10', '10.00'],
  ])(
    '%s %s with %s of %s points is %s where what is beyond 30%% is taken off',
    (operator, value, actual, weight, score) => {
      const pack: RulePack = { ...DEFAULT_PACK, overAchieved: { beyond: '30', then: 'reduce' } };
      expect(scoreNumber({ operator, value }, actual, weight, pack)).toBe(score);
    },
  );

  it.each<Vector>([
    ['eq', '-5', '-5', '4', '4.00'],
    ['eq', '-5', '-3', '4', '0.00'],
    ['eq', '-5', '-8', '4', '0.00'],
  ])(
    '%s %s with %s of %s points is %s: there is no proportion below zero',
    (operator, value, actual, weight, score) => {
      expect(scoreNumber({ operator, value }, actual, weight, DEFAULT_PACK)).toBe(score);
    },
  );

  it('leaves of a missed zero target what the pack says', () => {
    const pack: RulePack = { ...DEFAULT_PACK, zeroTargetMissed: '50' };
    expect(scoreNumber({ operator: 'le', value: '0' }, '3', '2', pack)).toBe('1.00');
  });

  it('tells a target that was passed by far', () => {
    expect(overAchieved(numberTarget('ge', '100', '例'), '136', DEFAULT_PACK)).toBe(true);
    expect(overAchieved(numberTarget('ge', '90', '%'), '95', DEFAULT_PACK)).toBe(false);
    expect(overAchieved(numberTarget('le', '100', '%'), '20', DEFAULT_PACK)).toBe(false);
  });
});

describe('the score of a worded line', () => {
  it.each([
    ['reached', '10', '10.00'],
    ['reached', '8', '8.00'],
    ['partly', '7.99', '7.99'],
    ['partly', '6', '6.00'],
    ['not_reached', '0', '0.00'],
  ] as const)('%s may be %s of 10', (level, picked, score) => {
    expect(scoreLabel(level, picked, '10', DEFAULT_PACK)).toBe(score);
  });

  it.each([
    ['reached', '10.01'],
    ['reached', '7.99'],
    ['partly', '8'],
    ['partly', '5.99'],
    ['not_reached', '6'],
    ['not_reached', '-1'],
  ] as const)('%s may not be %s of 10', (level, picked) => {
    expect(() => scoreLabel(level, picked, '10', DEFAULT_PACK)).toThrow(ScoreOutsideBand);
  });
});

describe('the bands of Hubei', () => {
  it.each([
    ['partly', '7.99', true],
    ['partly', '5', true],
    ['partly', '4.99', false],
    ['not_reached', '4.99', true],
    ['not_reached', '5', false],
  ] as const)('allow for %s a score of %s of 10: %s', (level, picked, allowed) => {
    const score = () => scoreLabel(level, picked, '10', HUBEI_PACK);
    if (allowed) expect(plain(score())).toBe(picked);
    else expect(score).toThrow(ScoreOutsideBand);
  });
});

describe('the score of the budget execution', () => {
  it.each([
    ['129.19', '130.5', '9.90'],
    ['1140.78', '1176.73', '9.69'],
    ['131', '130.5', '10.00'],
    ['-1', '130.5', '0.00'],
  ])('%s of %s is %s of 10', (executed, budget, score) => {
    expect(scoreBudgetExecution(executed, budget, '10')).toBe(score);
  });

  it('is refused for a budget of zero', () => {
    expect(() => scoreBudgetExecution('5', '0', '10')).toThrow(BudgetIsZero);
  });
});

describe('the grade', () => {
  it.each([
    ['100.00', '优', '优秀'],
    ['90.00', '优', '优秀'],
    ['89.99', '良', '良好'],
    ['89.50', '良', '良好'],
    ['79.99', '中', '中等'],
    ['59.99', '差', '较差'],
    ['0.00', '差', '较差'],
  ])('of %s is %s, in Hunan %s', (total, usual, hunan) => {
    expect(gradeOf(total, DEFAULT_PACK).label).toBe(usual);
    expect(gradeOf(total, HUNAN_PACK).label).toBe(hunan);
  });
});
