import type { DataSource, EntityManager } from 'typeorm';
import { rolledBack } from '../database/rolled-back';
import { appendWithin, type AppendOptions } from '../ledger/append';
import { lockRegistry } from '../ledger/append.queries';
import type { AppendedRow } from '../ledger/appended-row';
import { reverseWithin, type Reversal } from '../ledger/reverse';
import { findRowsAfter, shadowLedger, stageRows } from '../ledger/shadow-ledger.queries';
import { computeFigureEffects, type FigureEffects } from './figure-effects';
import { findStaged, findHead, type StagedEntry } from './preview-entries.queries';
import { recompute } from './recompute';

/** What would be written, and what would move. */
export interface EntriesPreview {
  /** What would become of each entry sent, in the order sent; what the reversals would bring is in `entries`. */
  readonly results: readonly AppendedRow[];
  /** What would come into the ledger: entries, reversals and their replacements. */
  readonly entries: readonly StagedEntry[];
  /** Of the orgs of these entries, and those above them within reach: the months and years that would move. */
  readonly figures: FigureEffects;
}

const LINES_SHOWN = 500;
const NOTHING: FigureEffects = { metrics: [], indicators: [], exact: true };

/**
 * What saving entries and reversals would do, by the very statements that save them and compute values, in transactions
 * of which nothing stays. What saving would refuse is refused alike.
 *
 * @throws {DomainError} what saving throws
 */
export async function previewEntries(
  dataSource: DataSource,
  inputs: readonly unknown[],
  reversals: readonly Reversal[],
  options: AppendOptions,
): Promise<EntriesPreview> {
  const { registryId, within } = options;
  // Writers wait for this; not so for what is computed from it.
  const { results, rows } = await rolledBack(
    dataSource,
    (manager) => writeForNow(manager, inputs, reversals, { ...options, audit: undefined }),
    'READ COMMITTED',
  );
  if (rows === '[]') return { results, entries: [], figures: NOTHING };
  await recompute(dataSource, registryId);
  return rolledBack(dataSource, async (manager) => {
    await shadowLedger(manager);
    await stageRows(manager, registryId, rows);
    const entries = await findStaged(manager);
    const shown = { staged: 'after it', atMost: LINES_SHOWN } as const;
    const figures = await computeFigureEffects(manager, registryId, within ?? null, shown);
    return { results, entries, figures };
  });
}

async function writeForNow(
  manager: EntityManager,
  inputs: readonly unknown[],
  reversals: readonly Reversal[],
  options: AppendOptions,
): Promise<{ results: readonly AppendedRow[]; rows: string }> {
  const { registryId } = options;
  await lockRegistry(manager, registryId);
  const before = await findHead(manager, registryId);
  const results =
    reversals.length > 0
      ? await reverseWithin(manager, reversals, options, inputs)
      : (await appendWithin(manager, inputs, options)).results;
  return { results, rows: await findRowsAfter(manager, registryId, before) };
}
