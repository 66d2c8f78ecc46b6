import { INDICATORS } from '../catalogue/indicators';
import { findDefinition } from './definition';
import { isPartOf } from './part-of-whole';

describe('a rate whose numerator is a part of its denominator', () => {
  it('is one of which both count the same entries, the numerator fewer of them', () => {
    const parts = INDICATORS.filter(({ numerator, denominator }) =>
      isPartOf(findDefinition(numerator)!.metric!, findDefinition(denominator)!.metric!),
    );
    expect(parts.map(({ key }) => key)).toEqual([
      'rate.attrition',
      'blood.component_use_rate',
      'blood.online_claim_rate',
    ]);
  });
});
