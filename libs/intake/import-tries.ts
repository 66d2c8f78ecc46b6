import type { EntityManager } from 'typeorm';
import type { Sentence } from '../core/domain-error';
import { beginTry, endTry } from './import-tries.queries';
import { isOutage } from './outage-error';
import { finishImport, lockImport, updateImport } from './imports.queries';

const FAULTS_AT_MOST = 5;
/** A process that is killed says nothing of the file; one that ends there each time, and never comes further, does. */
const UNENDED_AT_MOST = 10;

/** What is written when an import comes further, or somebody lets it try again. */
export const NOT_TRIED = { faults: 0, unended: 0 } as const;

interface Of {
  readonly registryId: number;
  readonly importId: string;
}

/**
 * Does an import's work, and gives the import up once that has failed too often in the same place. An outage is no try.
 *
 * @param session holds the import's lock: where the database has gone, so has that, and nothing is counted
 * @throws what the work throws
 */
export async function withTries(session: EntityManager, of: Of, work: () => Promise<unknown>): Promise<void> {
  const { registryId, importId } = of;
  const begun = await beginTry(session, registryId, importId);
  if (begun !== undefined && begun > UNENDED_AT_MOST) return giveUp(session, of);
  try {
    await work();
  } catch (error) {
    // What failed is what has to be said, also where it cannot be counted.
    await count(session, of, !isOutage(error)).catch(() => undefined);
    throw error;
  }
  if (begun !== undefined) await endTry(session, registryId, importId, false);
}

async function count(session: EntityManager, of: Of, failed: boolean): Promise<void> {
  const faults = await endTry(session, of.registryId, of.importId, failed);
  if (faults >= FAULTS_AT_MOST) await giveUp(session, of);
}

/** What has been posted stays, and is gone on with by hand (R23). */
async function giveUp(session: EntityManager, { registryId, importId }: Of): Promise<void> {
  await session.transaction(async (manager) => {
    const now = await lockImport(manager, registryId, importId);
    if (now?.state === 'received') {
      const problem = { code: 'program_fault', field: 'file', column: null, sentence: NOT_READ };
      await updateImport(manager, now, { problem });
      await finishImport(manager, now, 'refused');
    } else if (now?.state === 'accepted' || now?.state === 'posting') {
      await updateImport(manager, now, {
        state: 'stopped',
        question: { code: 'program_fault', sentence: NOT_POSTED },
      });
    }
  });
}

const NOT_READ: Sentence = {
  zh: '程序处理这份文件时多次出错，已不再重试，没有写入任何登记。请另存为新的 xlsx 或 CSV 文件后重新上传；仍不成功，请管理员查看程序日志。',
  en: 'The program failed on this file again and again and has given up; nothing was written. Save it as a new xlsx or CSV file and upload that; if that fails too, ask the administrator to look into the log of the program.',
};

const NOT_POSTED: Sentence = {
  zh: '程序写入这份文件时多次出错，已停下；已写入的登记保留。请管理员查看程序日志，排除故障后再次确认即可继续；也可以取消，余下的不再写入。',
  en: 'The program failed again and again while it posted this file, and has stopped; what was posted stays. Ask the administrator to look into the log of the program; once the fault is mended, accept the import again to go on, or cancel it to leave the rest.',
};
