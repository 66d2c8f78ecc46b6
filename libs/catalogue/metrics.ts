import { BLOOD_METRICS } from './blood-metrics';
import { DONOR_METRICS } from './donor-metrics';
import { FIRST, type MetricDefinition } from './metric-definition';
import { OFFICE_METRICS } from './office-metrics';
import { OUTREACH_METRICS } from './outreach-metrics';
import { REQUEST_METRICS } from './request-metrics';
import { COUNTED_THINGS, REPORTED_VALUES } from './things';

const SPELLED = [
  ...DONOR_METRICS,
  ...REQUEST_METRICS,
  ...BLOOD_METRICS,
  ...OUTREACH_METRICS,
  ...OFFICE_METRICS,
] as const;

type Counted = (typeof COUNTED_THINGS)[number];
type Reported = (typeof REPORTED_VALUES)[number];

export type MetricKey = (typeof SPELLED)[number]['key'] | Counted['key'] | Reported['key'];

/** Every metric: those that are spelled out, and those that their one object of a counted or reported thing makes. */
export const METRICS: readonly (MetricDefinition & { readonly key: MetricKey })[] = [
  ...SPELLED,
  ...COUNTED_THINGS.map(metricOfThing),
  ...REPORTED_VALUES.map(metricOfValue),
];

function metricOfThing(thing: Counted) {
  const { key, kind, label, unit } = thing;
  if (!('figure' in thing)) return { key, label, unit, addsUp: 'sum' as const, counts: [{ kind }], ...FIRST };
  const { times, ...told } = thing.figure;
  return { key, label, ...told, addsUp: 'sum' as const, counts: [{ kind, times }], ...FIRST };
}

function metricOfValue(value: Reported) {
  const { key, kind, label, unit } = value;
  const overOrgs = 'overOrgs' in value ? value.overOrgs : undefined;
  return { key, label, unit, addsUp: 'reported' as const, overOrgs, counts: [{ kind }], ...FIRST };
}
