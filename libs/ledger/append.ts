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
import { type EntryBounds } from './entry-fields';
import { EntryRefused } from './entry-text';
import {
  contentOfStored,
  differenceBetween,
  hashNote,
  readContent,
  type EntryContent,
  type FieldDifference,
} from './entry-content';
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
  const stated = readStated(inputs, await readBounds(manager, registryId));
  const openMonth = await lockRegistry(manager, registryId);
  if (openMonth === undefined) throw registryUnknown(registryId);

  const rows = new Map<number, AppendedRow>();
  const fresh = await setRepeatsApart(manager, registryId, stated, rows);
  const checked = new Map<number, CheckedEntry>();
  for (const one of fresh) {
    const problem = one.problem ?? unjustified(one.checked, openMonth);
    if (problem) rows.set(one.row, { row: one.row, id: one.id, status: 'refused', problem });
    else if (one.checked) checked.set(one.row, one.checked);
  }
  for (const [row, problem] of await findGuardBreaches(manager, registryId, checked)) {
    rows.set(row, { row, id: checked.get(row)?.id ?? null, status: 'refused', problem });
    checked.delete(row);
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
  settleDoubles(stated, rows);
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
  return {
    orgs: new Map(Object.entries(bounds.orgs ?? {})),
    firstDay: bounds.firstDay,
    today: dateInShanghai(new Date()),
  };
}

/** A row of a call: what it states, and what its own check says of it. */
interface StatedRow {
  readonly row: number;
  readonly id: string | null;
  readonly content?: EntryContent;
  readonly checked?: CheckedEntry;
  readonly problem?: DomainError;
}

/** Everything that can be said of the rows without the ledger: before anybody has to wait for this call. */
function readStated(inputs: readonly unknown[], bounds: EntryBounds): StatedRow[] {
  return inputs.map((input, row) => {
    let stated: { id: string; content: EntryContent } | undefined;
    try {
      stated = readContent(input);
      return { row, ...stated, checked: checkEntry(input, bounds) };
    } catch (problem) {
      if (!(problem instanceof DomainError)) throw problem;
      return { row, id: stated?.id ?? idOf(input), ...stated, problem };
    }
  });
}

function idOf(input: unknown): string | null {
  const id = (input as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : null;
}

/**
 * R1: before any check of field, month, guard or reason, what is stored already is answered as before.
 *
 * @returns the rows that are neither stored nor the second of their id in this call
 */
async function setRepeatsApart(
  manager: EntityManager,
  registryId: number,
  stated: readonly StatedRow[],
  rows: Map<number, AppendedRow>,
): Promise<StatedRow[]> {
  const ids = [...new Set(stated.flatMap((one) => (one.content && one.id !== null ? [one.id] : [])))];
  const stored = new Map((await findEntries(manager, registryId, ids)).map((entry) => [entry.id, entry]));
  const seen = new Set<string>();
  return stated.filter(({ row, id, content }) => {
    if (!content || id === null) return true;
    const known = stored.get(id);
    if (known) rows.set(row, answerRepeat(row, id, contentOfStored(known, content.note), content));
    const first = !seen.has(id);
    seen.add(id);
    return !known && first;
  });
}

function answerRepeat(row: number, id: string, before: EntryContent, sent: EntryContent): AppendedRow {
  const difference = differenceBetween(before, sent);
  if (difference.length === 0) return { row, id, status: 'unchanged' };
  return { row, id, status: 'refused', problem: new EntryDiffers(id, difference) };
}

/** An id that stands twice in one call: the second row is as its first turned out. */
function settleDoubles(stated: readonly StatedRow[], rows: Map<number, AppendedRow>): void {
  const firsts = new Map<string, StatedRow>();
  for (const one of stated) {
    if (!one.content || one.id === null) continue;
    const first = firsts.get(one.id);
    if (!first) firsts.set(one.id, one);
    else if (!rows.has(one.row) && first.content) {
      const answer = answerRepeat(one.row, one.id, first.content, one.content);
      const outcome = rows.get(first.row);
      rows.set(
        one.row,
        answer.status === 'unchanged' && outcome?.status === 'refused' ? { ...outcome, row: one.row } : answer,
      );
    }
  }
}

/** R4: what falls into a closed month is an adjustment of the first open one, and says why. */
function unjustified(entry: CheckedEntry | undefined, openMonth: string): DomainError | undefined {
  if (!entry || entry.occurredOn >= openMonth || entry.justification !== null) return undefined;
  const month = entry.occurredOn.slice(0, 7);
  return new EntryRefused(
    'justification',
    'month_closed',
    `${month} 已结账，这一条将作为调整记入 ${openMonth.slice(0, 7)}，必须写明理由。`,
    `${month} is closed: this becomes an adjustment in ${openMonth.slice(0, 7)} and needs a justification.`,
    { postedMonth: openMonth.slice(0, 7) },
  );
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
