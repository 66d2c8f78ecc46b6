import type { DataSource } from 'typeorm';
import { readCursor, writeCursor } from '../core/cursor';
import type { Sentence } from '../core/domain-error';
import type { KindDefinition } from '../catalogue/kind-definition';
import { KINDS } from '../catalogue/kinds';
import { findGappedEntries, type GappedEntry, type Gap, type Need } from './findings.queries';
import { unmet } from './grounds';

/** A standing entry before which something should stand that does not: history came in with a gap. */
export interface Finding extends Omit<GappedEntry, 'total' | 'gaps'> {
  readonly gaps: readonly (Gap & { readonly sentence: Sentence })[];
}

export interface Findings {
  readonly findings: readonly Finding[];
  /** Of all pages; told with the first only. */
  readonly total: number | null;
  readonly next: string | null;
}

/** What the guards of all kinds need. */
export const NEEDS: readonly Need[] = (KINDS as readonly KindDefinition[]).flatMap(({ code, guards = [] }) =>
  guards.flatMap(({ on, after, orOpening = false }) =>
    after
      ? [{ kind: code, subject: on, needs: after.kind, outcome: after.outcome ?? null, or_opening: orOpening }]
      : [],
  ),
);

/**
 * The data-quality findings of a subtree, the earliest first, a page at a time. Asked of the ledger: one is gone as soon
 * as its gap is filled, or its entry taken back.
 *
 * @throws {DomainError} when the cursor cannot be read
 */
export async function readFindings(
  source: DataSource,
  scope: { readonly registryId: number; readonly org: string },
  { after, limit = 50 }: { readonly after?: string; readonly limit?: number } = {},
): Promise<Findings> {
  const cursor = readCursor(after);
  const found = await findGappedEntries(source.manager, scope, NEEDS, cursor, limit + 1);
  const findings = found.slice(0, limit).map(({ total, gaps, ...entry }) => ({
    ...entry,
    gaps: gaps.map((gap) => ({
      ...gap,
      sentence: unmet(gap.subject, { ...gap, occurredOn: entry.occurredOn }).sentence,
    })),
  }));
  const last = findings.at(-1);
  return {
    findings,
    total: cursor ? null : (found[0]?.total ?? 0),
    next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
  };
}
