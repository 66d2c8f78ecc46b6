import type { MetricDefinition } from '../catalogue/metric-definition';

type Counted = Pick<MetricDefinition, 'addsUp' | 'subject' | 'counts'>;

/**
 * Whether whatever one figure counts the other counts too, in the same period: only then can their rate not exceed the
 * whole (R12). Agreements of requests made earlier are no part of the requests of a period.
 */
export function isPartOf(part: Counted, whole: Counted): boolean {
  if (part.addsUp !== whole.addsUp || part.subject !== whole.subject) return false;
  if ([...part.counts, ...whole.counts].some(({ times }) => times !== undefined)) return false;
  return part.counts.every(({ kind, outcome, reasons }) =>
    whole.counts.some(
      (all) =>
        all.kind === kind &&
        (all.outcome === undefined || all.outcome === outcome) &&
        (all.reasons === undefined || (reasons?.every((reason) => all.reasons?.includes(reason)) ?? false)),
    ),
  );
}
