import { deviatesBeyond, deviation, targetMet } from './deviation';
import { DEFAULT_PACK } from './packs/default-pack';
import { parseTarget } from '../core/target-text';

describe('the deviation', () => {
  it.each([
    ['≥0例', '0', '0%', true],
    ['≥0例', '-1', '100%', false],
    ['≤-35%', '-42', '-20.00%', true],
    ['≤-35%', '-28', '20.00%', false],
    ['≥10000人次', '9999.5', '-0.01%', false],
    ['≥100000人次', '99999', '0.00%', false],
    ['≥800例', '801.004', '0.13%', true],
  ])('%s with %s is %s, half-up and without a negative zero', (target, actual, printed, met) => {
    expect(deviation(parseTarget(target), actual, DEFAULT_PACK.deviation)).toBe(printed);
    expect(targetMet(parseTarget(target), actual)).toBe(met);
  });

  it('of a word that was not reached is no number', () => {
    expect(deviation(parseTarget('健全'), '基本健全', DEFAULT_PACK.deviation)).toBeNull();
    expect(targetMet(parseTarget('健全'), '基本健全')).toBe(false);
    expect(deviatesBeyond(null, '30')).toBe(false);
  });

  it('of exactly the threshold is not beyond it', () => {
    expect(deviatesBeyond('30.00%', '30')).toBe(false);
    expect(deviatesBeyond('-30.01%', '30')).toBe(true);
  });
});
