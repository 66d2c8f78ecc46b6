import type { DataSource, EntityManager } from 'typeorm';
import { recordAct } from '../accounts/audit';
import { DomainError } from '../core/domain-error';
import { appendWithin, type AppendOptions } from './append';
import { findEntries, insertEntries, lockRegistry, takePosition, type StoredEntry } from './append.queries';
import type { AppendedRow } from './appended-row';
import { readContent } from './entry-content';
import { checkJustification } from './entry-fields';
import { EntryRefused } from './entry-text';
import { findLeftWithoutGround } from './guards';
import { EntryDiffers } from './repeats';
import { findKind } from '../catalogue/kinds';

export interface Reversal {
  /** The uuid of the reversal itself, chosen by the sender. */
  readonly id: string;
  /** The entry that it takes back. */
  readonly reverses: string;
  readonly justification: string;
  /** What should have been logged instead: one act for the user. */
  readonly replacement?: unknown;
}

export interface ReversedEntry {
  readonly reversal: string;
  readonly replacement: string | null;
  readonly status: 'created' | 'unchanged';
}

export interface ReverseOptions extends AppendOptions {
  /** Where the request came from, for the audit log. */
  readonly address?: string | null;
}

/** How many entries an act names: as many as a selection may hold. */
const NAMED_AT_MOST = 1_000;

/**
 * Takes entries back, each by an entry with the quantity negated, and writes their replacements, all or nothing. A
 * repeat of the same reversals changes nothing. The act is recorded with it.
 *
 * @throws {DomainError} when an entry is unknown, reversed already or itself a reversal, when another standing entry
 * rests on it (R5), or when a replacement is refused
 */
export async function reverseEntries(
  dataSource: DataSource,
  reversals: readonly Reversal[],
  options: ReverseOptions,
): Promise<ReversedEntry[]> {
  return dataSource.transaction('READ COMMITTED', async (manager) => {
    const { results, originals } = await reverse(manager, reversals, options);
    const reversed = results.filter((one) => one.status === 'created').length;
    await recordAct(manager, {
      registryId: options.registryId,
      actor: options.actor,
      act: 'entries.reverse',
      thing: reversals.length === 1 ? (reversals[0]?.reverses ?? null) : null,
      org: onlyOrgOf(originals) ?? options.org ?? null,
      address: options.address ?? null,
      result: 'done',
      detail: {
        reversed,
        replaced: results.filter((one) => one.status === 'created' && one.replacement !== null).length,
        unchanged: reversals.length - reversed,
        ...(reversals.length > 1 && { entries: reversals.slice(0, NAMED_AT_MOST).map(({ reverses }) => reverses) }),
      },
    });
    return results;
  });
}

/**
 * The same, inside a transaction that the caller has begun, and whose act the caller records.
 *
 * @param beside entries that are written as one set with the replacements: each may rest on any other
 * @returns what became of `beside`, of which rows may be refused
 */
export async function reverseWithin(
  manager: EntityManager,
  reversals: readonly Reversal[],
  options: AppendOptions,
  beside: readonly unknown[],
): Promise<readonly AppendedRow[]> {
  return (await reverse(manager, reversals, options, beside)).beside;
}

async function reverse(
  manager: EntityManager,
  reversals: readonly Reversal[],
  options: AppendOptions,
  beside: readonly unknown[] = [],
): Promise<{ results: ReversedEntry[]; originals: StoredEntry[]; beside: readonly AppendedRow[] }> {
  const { registryId } = options;
  await lockRegistry(manager, registryId);
  const originals = await originalsOf(manager, reversals, options);
  const fresh = reversals.filter((one) => originals.has(one.id));
  if (fresh.length > 0) {
    await takePosition(manager, registryId, options.actor, options.source);
    await insertEntries(
      manager,
      registryId,
      fresh.map((one) => mirror(one, originals.get(one.id) as StoredEntry)),
    );
  }
  const replacements = reversals.flatMap((one) => (one.replacement === undefined ? [] : [one.replacement]));
  await refuseNewReplacements(
    manager,
    registryId,
    reversals.filter((one) => !originals.has(one.id)),
  );
  // Row by row, for what is beside them may be refused; not so a replacement.
  const taken = { ...options, atomic: beside.length === 0, audit: undefined };
  const appended = await appendWithin(manager, [...replacements, ...beside], taken);
  const refused = appended.results.find((one) => one.status === 'refused' && one.row < replacements.length);
  if (refused?.status === 'refused') throw refused.problem;
  for (const original of originals.values()) {
    const left = await findLeftWithoutGround(manager, registryId, original);
    if (left) throw restsOn(original, left);
  }
  let next = 0;
  const results = reversals.map((one): ReversedEntry => ({
    reversal: one.id,
    replacement: one.replacement === undefined ? null : (appended.results[next++]?.id ?? null),
    status: originals.has(one.id) ? 'created' : 'unchanged',
  }));
  return {
    results,
    originals: [...originals.values()],
    beside: appended.results
      .filter(({ row }) => row >= replacements.length)
      .map((one) => ({ ...one, row: one.row - replacements.length })),
  };
}

/** A repeat changes nothing: what it replaces by must be there too (R1). */
async function refuseNewReplacements(
  manager: EntityManager,
  registryId: number,
  repeated: readonly Reversal[],
): Promise<void> {
  for (const { id, replacement } of repeated) {
    if (replacement === undefined) continue;
    const sent = readContent(replacement).id;
    const [stored] = await findEntries(manager, registryId, [sent]);
    if (!stored) throw new EntryDiffers(id, [{ field: 'replacement', stored: null, sent }]);
  }
}

/** The entries still to be reversed, by the id of their reversal. */
async function originalsOf(
  manager: EntityManager,
  reversals: readonly Reversal[],
  { registryId, within }: AppendOptions,
): Promise<Map<string, StoredEntry>> {
  const isOutOfReach = (entry: StoredEntry) => within !== undefined && !within.has(entry.org);
  const ids = reversals.flatMap((one) => [one.id, one.reverses]);
  const stored = new Map((await findEntries(manager, registryId, ids)).map((entry) => [entry.id, entry]));
  const originals = new Map<string, StoredEntry>();
  const taken = new Set<string>();
  for (const one of reversals) {
    if (taken.has(one.id) || taken.has(one.reverses)) throw alreadyReversed(one.reverses);
    taken.add(one.id).add(one.reverses);
    const justification = checkJustification(one.justification);
    const repeated = stored.get(one.id);
    if (repeated && isOutOfReach(repeated)) throw new EntryDiffers(one.id, []);
    if (repeated) {
      const difference = [
        { field: 'reverses', stored: repeated.reverses, sent: one.reverses },
        { field: 'justification', stored: repeated.justification, sent: justification },
      ].filter((field) => field.stored !== field.sent);
      if (difference.length > 0) throw new EntryDiffers(one.id, difference);
      continue;
    }
    const original = stored.get(one.reverses);
    if (!original || isOutOfReach(original)) {
      throw new DomainError('entry_unknown', {
        zh: `没有编号为 ${one.reverses} 的登记。`,
        en: `There is no entry ${one.reverses}.`,
      });
    }
    if (original.reverses !== null) {
      throw new DomainError('reversal_of_a_reversal', {
        zh: '冲销记录不能再冲销；请重新登记正确的一条。',
        en: 'A reversal cannot be reversed; log the right entry anew.',
      });
    }
    if (original.reversedBy !== null) {
      throw alreadyReversed(original.reversedBy);
    }
    originals.set(one.id, original);
  }
  return originals;
}

function onlyOrgOf(entries: readonly StoredEntry[]): string | null {
  const orgs = new Set(entries.map(({ org }) => org));
  return orgs.size === 1 ? [...orgs].join() : null;
}

function alreadyReversed(reversedBy: string): DomainError {
  return new DomainError(
    'already_reversed',
    { zh: '这一条已经冲销过。', en: 'This entry has been reversed already.' },
    { reversedBy },
  );
}

function mirror(one: Reversal, original: StoredEntry) {
  return {
    id: one.id,
    occurred_on: original.occurredOn,
    kind: original.kind,
    org: original.org,
    donor_code: original.donorCode,
    case_code: original.caseCode,
    sample_code: original.sampleCode,
    outcome: original.outcome,
    reason: original.reason,
    quantity: original.quantity === '0' ? '0' : `-${original.quantity}`,
    attributes: original.attributes,
    justification: checkJustification(one.justification),
    reverses: one.reverses,
  };
}

/** Why an entry cannot be taken back: another that stands rests on it. */
export function restsOn(
  original: { readonly kind: string },
  left: { id: string; kind: string; occurredOn: string },
): DomainError {
  const [kind, dependent] = [findKind(original.kind)?.label, findKind(left.kind)?.label];
  return new EntryRefused(
    'reverses',
    'entry_rested_on',
    `${left.occurredOn} 的“${dependent?.zh}”以这条“${kind?.zh}”为前提，请先冲销它，或一并冲销。`,
    `"${dependent?.en}" of ${left.occurredOn} rests on this "${kind?.en}"; reverse that first, or both together.`,
    { dependent: left.id },
  );
}
