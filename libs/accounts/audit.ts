import type { EntityManager } from 'typeorm';
import { callRecordActs } from './audit.queries';

/** One act, as the audit log keeps it (R22). */
export interface Act {
  readonly registryId: number;
  readonly actor: string;
  /** What was done, as `noun.verb`: `entries.append`, `session.begin`. */
  readonly act: string;
  /** To what: an id, a code, a month. */
  readonly thing: string | null;
  readonly org: string | null;
  /** The network address that it came from. */
  readonly address: string | null;
  readonly result: 'done' | 'refused' | 'failed';
  /** Further words, no personal ones. */
  readonly detail: Record<string, unknown> | null;
}

/**
 * Records an act in the caller's transaction: it stands exactly when the rest does. Keeps every other act of the
 * registry waiting until commit, so it is called last, after everything else that is locked.
 */
export function recordAct(manager: EntityManager, act: Act): Promise<void> {
  return recordActs(manager, [act]);
}

/** Records acts in their order, in one exchange for each registry. */
export async function recordActs(manager: EntityManager, acts: readonly Act[]): Promise<void> {
  // In one order for everybody, so that no two callers wait for each other.
  const registries = [...new Set(acts.map(({ registryId }) => registryId))].sort((a, b) => a - b);
  for (const registryId of registries) {
    const rows = acts.filter((act) => act.registryId === registryId);
    await callRecordActs(manager, registryId, actsAsJson(rows));
  }
}

/** Acts of one registry as the database's `record_acts` takes them, for a statement that records them with what it does. */
export function actsAsJson(acts: readonly Act[]): string {
  return JSON.stringify(acts, storable);
}

/** What a sender wrote may hold characters that no database keeps; that it was sent is recorded all the same. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(NOT_STORABLE, '\uFFFD') : value;
}

// The zero character and lone halves of surrogate pairs.
const NOT_STORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
