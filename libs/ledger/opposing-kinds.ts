import type { KindDefinition, Subject } from '../catalogue/kind-definition';
import { KINDS } from '../catalogue/kinds';

/** Each kind with those that it cannot follow, or that cannot follow it, by the subject they share. */
const PAIRS = (KINDS as readonly KindDefinition[]).flatMap((kind) =>
  (kind.guards ?? []).flatMap(({ on, unless, except }) =>
    unless ? [{ on, before: unless, except, after: kind.code }] : [],
  ),
);

const OPPOSING = new Map<string, string[]>();
for (const { on, before, after } of PAIRS) {
  OPPOSING.set(`${on} ${before}`, [...(OPPOSING.get(`${on} ${before}`) ?? []), after]);
  OPPOSING.set(`${on} ${after}`, [...(OPPOSING.get(`${on} ${after}`) ?? []), before]);
}

/** The kinds that cannot come after this one, or before it, for the same subject. */
export function opposing(subject: Subject, kind: string): readonly string[] {
  return OPPOSING.get(`${subject} ${kind}`) ?? [];
}

/** Whether the one, with its outcome, ends the way of a subject, so that the other cannot come later. */
export function ends(
  subject: Subject,
  before: { readonly kind: string; readonly outcome: string | null },
  after: string,
): boolean {
  return PAIRS.some(
    (pair) =>
      pair.on === subject &&
      pair.before === before.kind &&
      pair.after === after &&
      (pair.except === undefined || pair.except !== before.outcome),
  );
}
