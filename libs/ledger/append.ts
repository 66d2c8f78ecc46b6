import { randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { dateInShanghai } from '../core/period';
import {
  findBounds,
  findEntries,
  insertEntries,
  insertNotes,
  lockRegistry,
  takePosition,
  type EntryRow,
} from './append.queries';
import { checkEntry, type CheckedEntry } from './check-entry';
import { EntryRefused, type EntryBounds } from './entry-fields';
import { contentOfChecked, contentOfStored, differenceBetween, hashNote, type FieldDifference } from './entry-content';
import { findGuardBreaches } from './guards';

/** R2, R24: what one write transaction, and one call, may hold. */
export const ENTRIES_PER_WRITE = 10_000;

export type EntrySource = 'form' | 'api' | 'import' | 'demonstration';

export interface AppendOptions {
  readonly registryId: number;
  /** Who writes. */
  readonly actor: string;
  /** By which way in. */
  readonly source: EntrySource;
  /** All or nothing; else row by row. */
  readonly atomic?: boolean;
}

export type AppendedRow =
  | { readonly row: number; readonly id: string; readonly status: 'created' | 'unchanged' }
  | { readonly row: number; readonly id: string | null; readonly status: 'refused'; readonly problem: DomainError };

export interface AppendResult {
  readonly created: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly results: readonly AppendedRow[];
}

/** The same id was sent before with other content (R1). */
export class EntryDiffers extends DomainError {
  constructor(id: string, difference: readonly FieldDifference[]) {
    const fields = difference.map((one) => one.field).join(', ');
    super(
      'entry_differs',
      {
        zh: `编号 ${id} 已登记过，内容不同（${fields}）。更正请冲销后重新登记。`,
        en: `The id ${id} was logged before with other content (${fields}). To correct an entry, reverse it and log a new one.`,
      },
      { field: 'id', difference },
    );
  }
}

/**
 * Appends entries in one transaction, together with the marks of the cells they touch. A repeat of what is stored
 * changes nothing; each refused row says why, and the others are written unless `atomic` is set.
 *
 * @throws {DomainError} when the registry does not exist or the call holds more than 10,000 entries
 */
export async function appendEntries(
  dataSource: DataSource,
  inputs: readonly unknown[],
  options: AppendOptions,
): Promise<AppendResult> {
  if (inputs.length > ENTRIES_PER_WRITE) {
    throw new DomainError(
      'too_many_entries',
      { zh: '一次最多登记 10,000 条。', en: 'One call holds at most 10,000 entries.' },
      { field: 'entries' },
    );
  }
  return dataSource.transaction('READ COMMITTED', async (manager) => appendWithin(manager, inputs, options));
}

/** The same, inside a transaction that the caller has begun. */
export async function appendWithin(
  manager: EntityManager,
  inputs: readonly unknown[],
  options: AppendOptions,
): Promise<AppendResult> {
  const { registryId } = options;
  const bounds = await readBounds(manager, registryId);
  const rows = new Map<number, AppendedRow>();
  const checked = new Map<number, CheckedEntry>();
  inputs.forEach((input, row) => {
    try {
      checked.set(row, checkEntry(input, bounds));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      rows.set(row, { row, id: idOf(input), status: 'refused', problem: error });
    }
  });

  const openMonth = await lockRegistry(manager, registryId);
  if (openMonth === undefined) throw registryUnknown(registryId);
  await recogniseRepeats(manager, registryId, checked, rows);
  refuseUnjustified(checked, rows, openMonth);
  for (const [row, problem] of await findGuardBreaches(manager, registryId, checked)) {
    refuse(row, checked, rows, problem);
  }

  const refused = [...rows.values()].filter((one) => one.status === 'refused').length;
  if (checked.size > 0 && !(options.atomic && refused > 0)) {
    await takePosition(manager, registryId, options.actor, options.source);
    await write(manager, registryId, [...checked.values()]);
    for (const [row, entry] of checked) rows.set(row, { row, id: entry.id, status: 'created' });
  } else if (options.atomic) {
    for (const [row, entry] of checked) {
      rows.set(row, { row, id: entry.id, status: 'refused', problem: new NotWritten(refused) });
    }
  }
  return summarise(inputs.map((_, row) => rows.get(row)).filter((one) => one !== undefined));
}

class NotWritten extends DomainError {
  constructor(refused: number) {
    super('not_written', {
      zh: `这一行本身没有问题；本次要求全部成功才保存，而有 ${refused} 行未通过。`,
      en: `Nothing is wrong with this row; the call was all or nothing, and ${refused} rows were refused.`,
    });
  }
}

function registryUnknown(registryId: number): DomainError {
  return new DomainError('registry_unknown', {
    zh: `没有编号为 ${registryId} 的资料库。`,
    en: `There is no registry ${registryId}.`,
  });
}

async function readBounds(manager: EntityManager, registryId: number): Promise<EntryBounds> {
  const bounds = await findBounds(manager, registryId);
  if (!bounds) throw registryUnknown(registryId);
  return { orgs: new Set(bounds.orgs), firstDay: bounds.firstDay, today: dateInShanghai(new Date()) };
}

function idOf(input: unknown): string | null {
  const id = (input as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : null;
}

function refuse(
  row: number,
  checked: Map<number, CheckedEntry>,
  rows: Map<number, AppendedRow>,
  problem: DomainError,
): void {
  rows.set(row, { row, id: checked.get(row)?.id ?? null, status: 'refused', problem });
  checked.delete(row);
}

/** R1: before any check of month, guard or reason, what is stored already is answered as before. */
async function recogniseRepeats(
  manager: EntityManager,
  registryId: number,
  checked: Map<number, CheckedEntry>,
  rows: Map<number, AppendedRow>,
): Promise<void> {
  const ids = [...new Set([...checked.values()].map((entry) => entry.id))];
  const stored = new Map((await findEntries(manager, registryId, ids)).map((entry) => [entry.id, entry]));
  const inCall = new Map<string, CheckedEntry>();
  for (const [row, entry] of [...checked]) {
    const known = stored.get(entry.id);
    const earlier = inCall.get(entry.id);
    if (!known && !earlier) {
      inCall.set(entry.id, entry);
      continue;
    }
    const before = known ? contentOfStored(known, entry.note) : contentOfChecked(earlier ?? entry);
    const difference = differenceBetween(before, contentOfChecked(entry));
    if (difference.length > 0) refuse(row, checked, rows, new EntryDiffers(entry.id, difference));
    else {
      rows.set(row, { row, id: entry.id, status: 'unchanged' });
      checked.delete(row);
    }
  }
}

/** R4: what falls into a closed month is an adjustment of the first open one, and says why. */
function refuseUnjustified(
  checked: Map<number, CheckedEntry>,
  rows: Map<number, AppendedRow>,
  openMonth: string,
): void {
  for (const [row, entry] of [...checked]) {
    if (entry.occurredOn >= openMonth || entry.justification !== null) continue;
    const month = entry.occurredOn.slice(0, 7);
    const problem = new EntryRefused(
      'justification',
      'month_closed',
      `${month} 已结账，这一条将作为调整记入 ${openMonth.slice(0, 7)}，必须写明理由。`,
      `${month} is closed: this becomes an adjustment in ${openMonth.slice(0, 7)} and needs a justification.`,
      { postedMonth: openMonth.slice(0, 7) },
    );
    refuse(row, checked, rows, problem);
  }
}

async function write(manager: EntityManager, registryId: number, entries: readonly CheckedEntry[]): Promise<void> {
  const notes: { id: string; note: string; salt: string }[] = [];
  const keepNote = (id: string, note: string): string => {
    const salt = randomBytes(16);
    notes.push({ id, note, salt: salt.toString('hex') });
    return hashNote(note, salt).toString('hex');
  };
  const rows = entries.map((entry): EntryRow => {
    return {
      id: entry.id,
      occurred_on: entry.occurredOn,
      kind: entry.kind.code,
      org: entry.org,
      donor_code: entry.donorCode,
      case_code: entry.caseCode,
      sample_code: entry.sampleCode,
      outcome: entry.outcome,
      reason: entry.reason,
      quantity: entry.quantity,
      attributes: entry.attributes,
      note_hash: entry.note === null ? null : keepNote(entry.id, entry.note),
      justification: entry.justification,
      reverses: null,
    };
  });
  await insertEntries(manager, registryId, rows);
  if (notes.length > 0) await insertNotes(manager, registryId, notes);
}

function summarise(results: readonly AppendedRow[]): AppendResult {
  const count = (status: AppendedRow['status']) => results.filter((one) => one.status === status).length;
  return { created: count('created'), unchanged: count('unchanged'), refused: count('refused'), results };
}
