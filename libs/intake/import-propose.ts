import type { DataSource, EntityManager } from 'typeorm';
import { dateInShanghai } from '../core/period';
import { findFirstDay } from '../indicators/registry.queries';
import { findEntries } from '../ledger/append.queries';
import { contentOfStored, differenceBetween, readContent } from '../ledger/entry-content';
import type { EntryBounds } from '../ledger/entry-fields';
import { checkBatch } from './import-guards';
import {
  countSteps,
  ENTRIES_PER_GROUP,
  findHeadPosition,
  findOpenMonth,
  hasSeveralCodes,
  HELD,
  holdGoneSteps,
  insertSteps,
  listItems,
  refuseLargeGroups,
  refuseUnjustified,
  spreadLabels,
} from './import-plan.queries';
import {
  compareWithSource,
  findRowsOfStored,
  forgetProposal,
  hasReturning,
  holdGone,
  insertHeld,
  pairChanges,
  planForMany,
  settleRepeatedIds,
  settleRows,
  type Of,
} from './import-propose.queries';
import { noticesOf } from './import-notices';
import type { ImportCounts, ImportRecord, KeptProblem } from './import-record';
import { countReturning } from './import-rows.queries';
import { findReach } from './import-row.queries';
import { findSource } from './import-source.queries';
import { finishImport, lockImport, updateImport } from './imports.queries';

const ROWS_AT_ONCE = 5_000;

/**
 * Compares the staged rows with the live entries of their source (R23) and writes down what is to be done. Reads the
 * ledger only, and may be called again: what was proposed before is forgotten.
 *
 * @returns false when the import has been cancelled meanwhile
 */
export async function proposeImport(dataSource: DataSource, record: ImportRecord): Promise<boolean> {
  const { registryId, importId, org, keepGaps } = record;
  await updateImport(dataSource.manager, record, { phase: 'compare', done: 0, total: null });
  const planned = await dataSource.transaction(async (manager) => {
    const now = await lockImport(manager, registryId, importId);
    if (!now || !isOpen(now)) return undefined;
    return planSteps(manager, now);
  });
  if (!planned) return false;
  const bounds = await boundsOf(dataSource.manager, registryId, org);
  const check = async () => {
    for (let batch = 0; batch < planned.batches; batch += 1) {
      await checkBatch(dataSource, { registryId, importId, batch, keepGaps }, bounds);
      await updateImport(dataSource.manager, record, { phase: 'check', done: batch + 1, total: planned.batches });
    }
  };
  await check();
  // A row that has been refused since may be one of those that are missing; others may need what it would give up.
  if ((await holdGoneSteps(dataSource.manager, record, LEFT_ALONE)) > 0) await check();
  return dataSource.transaction(async (manager) => {
    const now = await lockImport(manager, registryId, importId);
    if (!now || !isOpen(now)) return false;
    const returning = planned.returning ? await countReturning(manager, now) : 0;
    const counts = await countImport(manager, record, returning);
    const refused = now.mode === 'all_or_nothing' && counts.invalid + counts.blocked > 0;
    await updateImport(manager, record, {
      state: 'staged',
      counts,
      notices: await noticesOf(manager, now, counts),
      batches: planned.batches,
      proposed_version: planned.version,
      proposed_position: planned.position,
      ...(refused && { problem: notWhole(counts) }),
    });
    if (refused) await finishImport(manager, now, 'refused');
    return true;
  });
}

/** What becomes of the rows, as the steps are now; what returns was seen when comparing. */
export async function countImport(
  manager: EntityManager,
  record: ImportRecord,
  returning: number,
): Promise<ImportCounts> {
  const { valid, ...counted } = await countSteps(manager, record);
  return { ...counted, unchanged: valid - counted.new - counted.changed, returning };
}

function isOpen({ state }: ImportRecord): boolean {
  return state === 'received' || state === 'staged';
}

async function planSteps(manager: EntityManager, record: ImportRecord) {
  const of: Of = record;
  const { version } = await findSource(manager, of.registryId, of.sourceId);
  const position = await findHeadPosition(manager, of.registryId);
  await planForMany(manager);
  await forgetProposal(manager, of);
  await settleRepeatedIds(manager, of, SAME_ID);
  await settleStored(manager, of);
  const { gone } = await compareWithSource(manager, of);
  if (gone > 0) await pairChanges(manager);
  await holdGone(manager, of);
  const returning = await hasReturning(manager);
  await listItems(manager);
  const further = await hasSeveralCodes(manager);
  while ((await spreadLabels(manager)) > 0 && further);
  await refuseLargeGroups(manager, of, TOO_MANY_TOGETHER);
  const batches = await insertSteps(manager, of);
  await insertHeld(manager, of, LEFT_ALONE);
  if (record.reason === null) {
    await refuseUnjustified(manager, of, await findOpenMonth(manager, of.registryId), monthClosed);
  }
  return { batches, returning, version, position };
}

/** R1: a row that names the id of an entry of another way in is that entry, or differs from it. */
async function settleStored(manager: EntityManager, of: Of): Promise<void> {
  for (;;) {
    const rows = await findRowsOfStored(manager, of, ROWS_AT_ONCE);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    const stored = new Map((await findEntries(manager, of.registryId, ids)).map((entry) => [entry.id, entry]));
    const settled = rows.map(({ sheet, row, id, stated }) => {
      const entry = stored.get(id);
      const { content } = readContent({ ...stated, id });
      const same = entry && differenceBetween(contentOfStored(entry, content.note), content).length === 0;
      return { sheet, row, breach: same ? null : [SAME_ID] };
    });
    await settleRows(manager, of, settled);
  }
}

/** What the check of a row needs: an org out of reach is no other than one that does not exist. */
export async function boundsOf(manager: EntityManager, registryId: number, org: string): Promise<EntryBounds> {
  const reach = await findReach(manager, registryId, org);
  return {
    orgs: new Map(reach.map((one) => [one.org, one.closedOn])),
    firstDay: await findFirstDay(manager, registryId),
    today: dateInShanghai(new Date()),
  };
}

const SAME_ID: KeptProblem = {
  code: 'entry_differs',
  field: 'id',
  column: null,
  sentence: {
    zh: '这个编号已登记过，内容不同。更正请冲销后重新登记，或换一个编号。',
    en: 'This id was logged before with other content. Reverse that entry and log a new one, or use another id.',
  },
};

const LEFT_ALONE: KeptProblem = {
  code: HELD,
  field: null,
  column: null,
  sentence: {
    zh: '文件里没有这一条，但有问题的行中可能就有它，所以先不冲销；改好问题行后再传一次。',
    en: 'The file does not hold this entry, but one of its refused rows may be it, so it is left alone; mend those rows and upload the file again.',
  },
};

const TOO_MANY_TOGETHER: KeptProblem = {
  code: 'subject_too_often',
  field: null,
  column: null,
  sentence: {
    zh: `同一编号（及与它相连的编号）在文件中超过 ${ENTRIES_PER_GROUP} 行，请核对是否选错了列。`,
    en: `One code, with the codes beside it, stands in more than ${ENTRIES_PER_GROUP} rows; see whether the right column was chosen.`,
  },
};

function monthClosed(month: string): KeptProblem {
  return {
    code: 'month_closed',
    field: 'justification',
    column: null,
    sentence: {
      zh: `${month} 已结账，这一条将作为调整记入第一个未结月份，必须写明理由（“理由”列，或导入时统一填写）。`,
      en: `${month} is closed: this becomes an adjustment in the first open month and needs a justification, in its column or for the whole file.`,
    },
  };
}

function notWhole({ invalid, blocked }: ImportCounts): KeptProblem {
  return {
    code: 'import_not_whole',
    field: 'file',
    column: null,
    sentence: {
      zh: `要求全部成功才导入，而有 ${invalid + blocked} 行不能导入，因此一行也没有写入。请改好后重新上传。`,
      en: `The file was to be taken whole or not at all, and ${invalid + blocked} rows cannot be taken: none was written. Correct them and upload it again.`,
    },
  };
}
