import type { DataSource } from 'typeorm';
import type { Sentence } from '../core/domain-error';
import { rolledBack } from '../database/rolled-back';
import { computeFigureEffects, type FigureEffects } from '../indicators/figure-effects';
import { recompute } from '../indicators/recompute';
import { shadowLedger } from '../ledger/shadow-ledger.queries';
import { findMonthEffects, type MonthEffect } from './import-effect.queries';
import { withImportLock } from './import-lock';
import type { ImportCounts, ImportRecord } from './import-record';
import { ImportRefused } from './import-refused';
import { stageNew, stageReversals } from './import-shadow.queries';

/** Up to so many entries the figures are computed as they would be; it takes some seconds. */
const ENTRIES_COMPUTED = 100_000;
const LINES_SHOWN = 500;

export interface ImportEffect {
  readonly counts: ImportCounts;
  readonly months: readonly MonthEffect[];
  /** Of the import's org with all below it. Null: too many entries to compute it beforehand; `months` is exact. */
  readonly figures: (FigureEffects & { readonly org: string }) | null;
  /** Why there are no figures, and what there is instead. */
  readonly notice: Sentence | null;
}

/**
 * What would move if a staged import were accepted now: by the same statements as the real computation, on what the
 * ledger would be, in a transaction of which nothing stays. One at a time of a registry.
 *
 * @throws {DomainError} `effect_busy` while another is computed
 */
export async function findEffect(dataSource: DataSource, record: ImportRecord): Promise<ImportEffect | null> {
  const { counts } = record;
  if (counts === null) return null;
  let effect: ImportEffect | null = null;
  const done = await withImportLock(dataSource, `effect ${record.registryId}`, async () => {
    effect = await computeEffect(dataSource, record, counts);
  });
  if (!done) throw effectBusy();
  return effect;
}

async function computeEffect(
  dataSource: DataSource,
  record: ImportRecord,
  counts: ImportCounts,
): Promise<ImportEffect> {
  const { registryId, importId, org } = record;
  const months = await findMonthEffects(dataSource.manager, record, LINES_SHOWN);
  if (counts.new + 2 * counts.changed + counts.gone > ENTRIES_COMPUTED) {
    return { counts, months, figures: null, notice: TOO_MANY };
  }
  await recompute(dataSource, registryId);
  const figures = await rolledBack(dataSource, async (manager) => {
    await shadowLedger(manager);
    await stageReversals(manager, { registryId, importId, batch: null });
    await stageNew(manager, { registryId, importId, batch: null });
    const options = { staged: 'at the head', atMost: LINES_SHOWN } as const;
    return { org, ...(await computeFigureEffects(manager, registryId, new Set([org]), options)) };
  });
  return { counts, months, figures, notice: null };
}

const TOO_MANY: Sentence = {
  zh: `这份文件要写入的登记超过 ${ENTRIES_COMPUTED} 条，不预先计算指标的变化；各月各种类的登记数和数量变化已列出，是准确的。`,
  en: `This file would write more than ${ENTRIES_COMPUTED} entries: the figures are not computed beforehand. What each month and kind would move by is listed, and exact.`,
};

function effectBusy(): ImportRefused {
  return new ImportRefused(
    'effect_busy',
    '正在计算另一份导入的影响，请稍后再看。',
    'The effect of another import is being computed; try again in a moment.',
  );
}
