import type { DataSource } from 'typeorm';
import { recordAct } from '../accounts/audit';
import { appendEntries, type AppendOptions, type AppendResult } from './append';
import { reverseWithin, type Reversal } from './reverse';

/** Thrown through a transaction of which nothing may stay. */
class NothingStays extends Error {
  constructor(readonly result: AppendResult) {
    super('a row of the sheet was refused');
  }
}

/**
 * Takes entries back and writes others as one act, all or nothing; each row that is refused says why. A repeat with the
 * same ids changes nothing. The act is recorded with it.
 *
 * @throws {DomainError} when an entry cannot be taken back
 */
export async function saveSheet(
  dataSource: DataSource,
  entries: readonly unknown[],
  reversals: readonly Reversal[],
  options: AppendOptions,
): Promise<AppendResult> {
  if (reversals.length === 0) return appendEntries(dataSource, entries, { ...options, atomic: true });
  const { audit, registryId, actor, org = null } = options;
  // Beside what is taken back rows are written one by one: a refusal undoes all of it.
  try {
    return await dataSource.transaction('READ COMMITTED', async (manager) => {
      const results = await reverseWithin(manager, reversals, { ...options, audit: undefined }, entries);
      const count = (status: AppendResult['results'][number]['status']) =>
        results.filter((one) => one.status === status).length;
      const counts = { created: count('created'), unchanged: count('unchanged'), refused: count('refused') };
      if (counts.refused > 0) {
        const refused = results.filter((one) => one.status === 'refused');
        throw new NothingStays({ created: 0, unchanged: 0, refused: refused.length, results: refused });
      }
      if (audit) {
        const detail = { ...audit.detail, ...counts, reversed: reversals.length };
        await recordAct(manager, { ...audit, registryId, actor, thing: null, org, result: 'done', detail });
      }
      return { ...counts, results };
    });
  } catch (error) {
    if (!(error instanceof NothingStays)) throw error;
    return error.result;
  }
}
