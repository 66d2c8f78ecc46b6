import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { isUuid } from '../core/uuid';
import { findEntries } from './append.queries';
import { findEntryOrigin, findWrittenWith, type EntryOrigin } from './entry-history.queries';
import { viewOf, type EntryView } from './entry-view';

/** An entry with what became of it. */
export interface EntryHistory {
  readonly entry: EntryView;
  /** What took it back. */
  readonly reversal: EntryView | null;
  /** What it takes back itself. */
  readonly original: EntryView | null;
  /** What the same act logged in the place of the one that was taken back. */
  readonly replacements: readonly EntryView[];
  /** What the same act took back, if this was logged in the place of something. */
  readonly replaced: readonly EntryView[];
  /** The file that it came in by. */
  readonly origin: EntryOrigin | null;
}

const SHOWN = 20;

/** @throws {DomainError} when there is no such entry in these orgs */
export async function readEntryHistory(
  { manager }: Pick<DataSource, 'manager'>,
  registryId: number,
  id: string,
  orgs: ReadonlySet<string>,
): Promise<EntryHistory> {
  const read = async (ids: readonly string[]) => viewsOf(manager, registryId, ids, orgs);
  const [entry] = isUuid(id) ? await read([id]) : [];
  if (!entry) {
    throw new DomainError('entry_unknown', { zh: `没有编号为 ${id} 的登记。`, en: `There is no entry ${id}.` });
  }
  const [reversal = null] = entry.reversedBy === null ? [] : await read([entry.reversedBy]);
  const [original = null] = entry.reverses === null ? [] : await read([entry.reverses]);
  const beside = (of: EntryView, reversals: boolean) =>
    findWrittenWith(manager, registryId, { ...of, reversals }, SHOWN).then(read);
  const act = reversal ?? (entry.reverses === null ? null : entry);
  const replacements = act ? (await beside(act, false)).filter((one) => isAlike(one, entry)) : [];
  const takenBack = entry.reverses === null ? (await beside(entry, true)).filter((one) => isAlike(one, entry)) : [];
  const replaced = await read(takenBack.flatMap(({ reverses }) => reverses ?? []));
  const origin = (await findEntryOrigin(manager, registryId, entry.id)) ?? null;
  return { entry, reversal, original, replacements, replaced, origin };
}

/** Whether two entries of one write are of one subject, or of one day where they name none: a file corrects many at once. */
function isAlike(one: EntryView, other: EntryView): boolean {
  const codes = (of: EntryView) => [of.donorCode, of.caseCode, of.sampleCode];
  const [left, right] = [codes(one), codes(other)];
  if (left.some((code, at) => code !== null && code === right[at])) return true;
  return [...left, ...right].every((code) => code === null) && one.occurredOn === other.occurredOn;
}

async function viewsOf(
  manager: EntityManager,
  registryId: number,
  ids: readonly string[],
  orgs: ReadonlySet<string>,
): Promise<EntryView[]> {
  const found = await findEntries(manager, registryId, ids);
  return found.filter(({ org }) => orgs.has(org)).map(viewOf);
}
