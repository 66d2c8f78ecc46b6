import type { DataSource, EntityManager } from 'typeorm';
import { recordActs, type Act } from '../accounts/audit';
import { DomainError } from '../core/domain-error';
import { dateInShanghai } from '../core/period';
import type { SentAhead } from '../database/prepared.queries';
import { beginWrite, findBounds, findEntries, type BegunWrite, type StoredEntry } from './append.queries';
import type { AppendedRow } from './appended-row';
import type { CheckedEntry } from './check-entry';
import type { EntryBounds } from './entry-fields';
import { closedMeanwhile, unjustified } from './entry-when-written';
import { findUnknownEvidence } from './evidence-cited';
import { findGuardBreaches } from './guards';
import { setRepeatsApart, settleDoubles } from './repeats';
import { readStated, type StatedRow } from './stated-row';
import { writeEntries, type EntryToWrite } from './write-entries';

/** R2, R24: what one write transaction, and one call, may hold. */
export const ENTRIES_PER_WRITE = 10_000;

/** So many are asked for their guards before it is known whether they are stored: of more, a repeat would cost much. */
const ASKED_AT_ONCE = 100;

export type EntrySource = 'form' | 'api' | 'import' | 'demonstration' | 'submit';

export interface AppendOptions {
  readonly registryId: number;
  /** Who writes. */
  readonly actor: string;
  /** By which way in. */
  readonly source: EntrySource;
  /** All or nothing; else row by row. */
  readonly atomic?: boolean;
  /** The orgs that the caller may write and see; all if not given. An entry of another is refused (R1). */
  readonly within?: ReadonlySet<string>;
  /** The caller's own, under which the audit log keeps a call whose entries are not of one org. */
  readonly org?: string;
  /** Takes entries in whose guard is not met, as an import of history may; what is no guard of that sort stays in force. */
  readonly keepGaps?: boolean;
  /** What the audit log says of the call, in the same transaction (R22). */
  readonly audit?: Pick<Act, 'act' | 'address' | 'detail'>;
}

export interface AppendResult {
  readonly created: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly results: readonly AppendedRow[];
}

/** Entries that somebody sent together, and how they are to be taken. */
export interface AppendCall {
  readonly inputs: readonly unknown[];
  readonly options: AppendOptions;
}

/** What does not change from one moment to the next of an entry's bounds. */
export type RegistryBounds = Omit<EntryBounds, 'today'>;

/** A call whose rows have been read and checked; nobody waits for it yet. */
export interface PreparedCall extends AppendCall {
  readonly stated: readonly StatedRow[];
}

/**
 * Appends entries in one transaction, together with the marks of the cells they touch and, if asked, the row of the
 * audit log. A repeat of what is stored changes nothing; each refused row says why, and the others are written unless
 * `atomic` is set.
 *
 * @throws {DomainError} when the registry does not exist or the call holds more than 10,000 entries
 */
export async function appendEntries(
  dataSource: DataSource,
  inputs: readonly unknown[],
  options: AppendOptions,
): Promise<AppendResult> {
  assertNotTooMany(inputs);
  return dataSource.transaction('READ COMMITTED', (manager) => appendWithin(manager, inputs, options));
}

/** The same, inside a transaction that the caller has begun. */
export async function appendWithin(
  manager: EntityManager,
  inputs: readonly unknown[],
  options: AppendOptions,
): Promise<AppendResult> {
  const { registryId } = options;
  const [result] = await writeCalls(
    manager,
    registryId,
    await prepareCalls(manager, registryId, [{ inputs, options }]),
  );
  if (!result) throw new Error('a call has a result');
  return result;
}

/** @throws {DomainError} when a call holds more than 10,000 entries */
export function assertNotTooMany(inputs: readonly unknown[]): void {
  if (inputs.length <= ENTRIES_PER_WRITE) return;
  throw new DomainError(
    'too_many_entries',
    { zh: '一次最多登记 10,000 条。', en: 'One call holds at most 10,000 entries.' },
    { field: 'entries' },
  );
}

/** @throws {DomainError} when the registry does not exist */
export async function readBounds(manager: EntityManager, registryId: number): Promise<RegistryBounds> {
  const found = await findBounds(manager, registryId);
  if (!found) throw registryUnknown(registryId);
  return { orgs: new Map(Object.entries(found.orgs ?? {})), firstDay: found.firstDay };
}

/**
 * Reads and checks calls, without a lock.
 *
 * @throws {DomainError} when the registry does not exist
 */
export async function prepareCalls(
  manager: EntityManager,
  registryId: number,
  calls: readonly AppendCall[],
  known?: RegistryBounds,
): Promise<PreparedCall[]> {
  const bounds: EntryBounds = {
    ...(known ?? (await readBounds(manager, registryId))),
    today: dateInShanghai(new Date()),
  };
  const prepared = calls.map((call) => ({ ...call, stated: readStated(call.inputs, bounds, call.options.within) }));
  return refuseUnknownEvidence(manager, registryId, prepared);
}

/** A row is left with what it states: as a repeat of what is stored it stands. */
async function refuseUnknownEvidence(
  manager: EntityManager,
  registryId: number,
  calls: readonly PreparedCall[],
): Promise<PreparedCall[]> {
  const citing = calls.flatMap(({ stated, options: { within } }) =>
    stated.flatMap((row) => (row.checked?.attributes ? [[row, { entry: row.checked, within }] as const] : [])),
  );
  const problems = await findUnknownEvidence(manager, registryId, new Map(citing));
  if (problems.size === 0) return [...calls];
  return calls.map((call) => ({
    ...call,
    stated: call.stated.map((row) => {
      const problem = problems.get(row);
      return problem ? { ...row, problem } : row;
    }),
  }));
}

/** A row that is written if its guards hold. */
interface FreshEntry extends EntryToWrite {
  readonly row: number;
  readonly answers: Map<number, AppendedRow>;
}

/**
 * Writes calls in the caller's transaction, each answered on its own, and their acts. They are one set: none of them
 * was answered when the others came, so an entry may rest on one of another call.
 *
 * A call that is all or nothing, or keeps gaps, comes alone, and no two calls hold the same id.
 *
 * @param ahead the transaction, if it is this call's own: its end is sent with the last statement
 */
export async function writeCalls(
  manager: EntityManager,
  registryId: number,
  calls: readonly PreparedCall[],
  ahead?: SentAhead,
): Promise<AppendResult[]> {
  const ids = calls.flatMap(({ stated }) => stated.flatMap((one) => (one.content && one.id !== null ? [one.id] : [])));
  const keepGaps = calls[0]?.options.keepGaps === true;
  const findBreaches = (entries: readonly CheckedEntry[]) =>
    findGuardBreaches(manager, registryId, new Map(entries.entries()), { keepGaps });
  const likely = calls.flatMap(({ stated }) =>
    stated.flatMap((one) => (one.checked && !one.problem ? one.checked : [])),
  );
  const { begun: beginning } = await beginWrite(manager, registryId, ids);
  const [begun, likelyBreaches] = await Promise.all([
    beginning,
    likely.length <= ASKED_AT_ONCE ? findBreaches(likely) : undefined,
    ahead?.begun,
  ]);
  if (begun.firstOpenMonth === null) throw registryUnknown(registryId);
  const stored = new Map((await findEntries(manager, registryId, begun.stored)).map((entry) => [entry.id, entry]));

  const answered = calls.map((call) => ({ call, answers: new Map<number, AppendedRow>() }));
  const fresh = answered.flatMap(({ call, answers }) => freshOf(call, stored, begun, answers));
  // Fewer than was thought are other guards' questions: an entry may rest on one of those that are not written.
  const breaches =
    likelyBreaches && fresh.length === likely.length
      ? likelyBreaches
      : await findBreaches(fresh.map(({ entry }) => entry));
  for (const [place, problem] of breaches) if (fresh[place]) refuse(fresh[place], problem);
  const standing = fresh.filter((_, place) => !breaches.has(place));

  const refused = calls.some(({ options }) => options.atomic)
    ? answered.flatMap(({ answers }) => [...answers.values()]).filter((one) => one.status === 'refused').length
    : 0;
  const written = refused > 0 ? [] : standing;
  if (refused > 0) for (const one of standing) refuse(one, new NotWritten(refused));
  for (const { row, entry, answers } of written) answers.set(row, { row, id: entry.id, status: 'created' });
  const counted = answered.map(({ call, answers }) => {
    settleDoubles(call.stated, answers);
    return { call, answers, counts: countsOf(answers) };
  });
  const acts = counted.flatMap(({ call, counts }) => actOf(call, counts));
  if (written.length > 0) await write(manager, registryId, written, begun.firstOpenMonth, acts, ahead && 'commit');
  else if (acts.length > 0) await recordActs(manager, acts);
  return counted.map(({ call: { stated }, answers, counts }) => ({
    ...counts,
    results: stated.flatMap(({ row }) => answers.get(row) ?? []),
  }));
}

/** The rows of a call that are new and nothing is wrong with but, perhaps, their guards. */
function freshOf(
  { stated, options }: PreparedCall,
  stored: ReadonlyMap<string, StoredEntry>,
  begun: BegunWrite,
  answers: Map<number, AppendedRow>,
): FreshEntry[] {
  const { actor, source, within } = options;
  const fresh: FreshEntry[] = [];
  for (const { row, id, checked, problem } of setRepeatsApart(stated, stored, within, answers)) {
    const reason = problem ?? closedMeanwhile(checked, begun) ?? unjustified(checked, begun.firstOpenMonth ?? '');
    if (reason) answers.set(row, { row, id, status: 'refused', problem: reason });
    else if (checked) fresh.push({ row, answers, entry: checked, actor, source, shown: stated.length === 1 });
  }
  return fresh;
}

function refuse({ row, entry, answers }: FreshEntry, problem: DomainError): void {
  answers.set(row, { row, id: entry.id, status: 'refused', problem });
}

async function write(
  manager: EntityManager,
  registryId: number,
  entries: readonly FreshEntry[],
  openMonth: string,
  acts: readonly Act[],
  then?: 'commit',
): Promise<void> {
  const views = await writeEntries(manager, registryId, entries, openMonth, acts, then);
  entries.forEach(({ row, entry, answers, shown }, place) => {
    if (shown) answers.set(row, { row, id: entry.id, status: 'created', entry: views[place] });
  });
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

type Counts = Omit<AppendResult, 'results'>;

function countsOf(answers: ReadonlyMap<number, AppendedRow>): Counts {
  const counts = { created: 0, unchanged: 0, refused: 0 };
  for (const { status } of answers.values()) counts[status] += 1;
  return counts;
}

/** R22: one row per request. */
function actOf({ stated, options }: PreparedCall, { created, unchanged, refused }: Counts): Act[] {
  const { audit, registryId, actor } = options;
  if (!audit) return [];
  const [only] = stated.length === 1 ? stated : [];
  return [
    {
      ...audit,
      registryId,
      actor,
      thing: only?.id ?? null,
      org: only?.checked?.org ?? options.org ?? null,
      result: refused > 0 && created + unchanged === 0 ? 'refused' : 'done',
      detail: { ...audit.detail, created, unchanged, refused },
    },
  ];
}
