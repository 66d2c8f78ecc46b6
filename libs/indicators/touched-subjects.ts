import type { EntityManager } from 'typeorm';
import type { MetricDefinition } from '../catalogue/metric-definition';
import type { Period } from '../core/period';
import { computedDefinitions } from '../metrics/definitions';
import { feedsWithin } from '../metrics/feeds';
import { DEFINITIONS_HASH } from './definitions-hash';
import type { TallyBasis } from './tallies-as-of.queries';
import { findSubjectsBetween, type Subjects } from './touched-subjects.queries';

interface Asked {
  readonly registryId: number;
  readonly periods: readonly Period[];
  readonly metrics: readonly MetricDefinition[];
}

/**
 * Whose standing may differ between a position and the stored values, of those whom distinct figures count; null where
 * everybody is to be counted: where there are no stored values to begin with, or they mean something else.
 */
export async function findTouched(
  manager: EntityManager,
  { registryId, periods, metrics }: Asked,
  basis: TallyBasis,
  field: { readonly orgs: readonly string[]; readonly kinds: readonly string[] },
): Promise<Subjects | null> {
  const distinct = metrics.filter(({ addsUp }) => addsUp === 'distinct');
  if (!basis.standing || distinct.length === 0) return null;
  // A range of months has no stored values.
  if (periods.some(({ code }) => code.includes('..'))) return null;
  if (basis.definitions !== DEFINITIONS_HASH) return null;
  const { metrics: known } = await computedDefinitions(manager, registryId);
  const same = (metric: MetricDefinition, stored: MetricDefinition | undefined) =>
    periods.every((period) => {
      return stored && JSON.stringify(feedsWithin(metric, period)) === JSON.stringify(feedsWithin(stored, period));
    });
  const stored = new Map(known.map((metric) => [metric.key, metric]));
  if (!distinct.every((metric) => same(metric, stored.get(metric.key)))) return null;
  const months = periods.flatMap(({ firstMonth, lastMonth }) => [firstMonth, lastMonth]).sort();
  const within = { ...field, first: `${months[0]}-01`, last: `${months.at(-1)}-01` };
  return findSubjectsBetween(manager, registryId, basis, within);
}
