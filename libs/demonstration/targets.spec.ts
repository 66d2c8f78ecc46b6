import { INDICATORS } from '../catalogue/indicators';
import { METRICS } from '../catalogue/metrics';
import { parsePeriod } from '../core/period';
import { DEMONSTRATION_ORGS } from './registry';
import { DEMONSTRATION_TARGETS } from './targets';

const ROOT = 'SF';

describe('the targets of the demonstration', () => {
  it('name known orgs, periods and figures, each once', () => {
    const orgs = new Set(DEMONSTRATION_ORGS.map(({ org }) => org));
    const keys = new Set<string>([...METRICS, ...INDICATORS].map(({ key }) => key));
    for (const { org, period, key, value } of DEMONSTRATION_TARGETS) {
      expect(orgs).toContain(org);
      expect(parsePeriod(period).code).toBe(period);
      expect(keys).toContain(key);
      expect(value).toMatch(/^\d+(\.\d+)?$/);
    }
    const places = DEMONSTRATION_TARGETS.map(({ org, period, key }) => `${org} ${period} ${key}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it.each(['registry.recruited', 'donation.completed'])('of the cities for %s add up to the province’s', (key) => {
    const of2024 = DEMONSTRATION_TARGETS.filter((target) => target.period === '2024' && target.key === key);
    const cities = of2024.filter(({ org }) => org !== ROOT);
    expect(cities).toHaveLength(14);
    const province = of2024.find(({ org }) => org === ROOT);
    expect(String(cities.reduce((sum, { value }) => sum + Number(value), 0))).toBe(province?.value);
  });
});
