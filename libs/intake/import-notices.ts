import type { EntityManager } from 'typeorm';
import type { Sentence } from '../core/domain-error';
import type { ImportCounts, ImportRecord } from './import-record';
import { findSameFile, type SameFile } from './import-same-file.queries';
import type { Notice } from './source-file';

const SAME_FILE = 'file_imported_before';
const RETURNING = 'rows_returning';

/** What has to be known before an import is accepted: of the file, and of how it compares with the ledger now. */
export async function noticesOf(manager: EntityManager, record: ImportRecord, counts: ImportCounts): Promise<Notice[]> {
  const ofFile = record.notices.filter(({ code }) => code !== SAME_FILE && code !== RETURNING);
  const same = counts.new > 0 ? await findSameFile(manager, record) : undefined;
  return [
    ...(same ? [wholeFile(SAME_FILE, sameFileSentence(same))] : []),
    ...ofFile,
    ...(counts.returning > 0 ? [wholeFile(RETURNING, returningSentence(counts.returning))] : []),
  ];
}

export function sameFileSentence({ name, orgName, day }: SameFile): Sentence {
  if (name === null) {
    return {
      zh: '另一机构已导入过同一份文件；再次接受会重复登记。',
      en: 'Another office has imported this very file; to accept it again logs its entries twice.',
    };
  }
  return {
    zh: `这份文件已于 ${day} 以“${name}”（${orgName}）导入过；再次接受会重复登记。`,
    en: `This very file was imported on ${day} as "${name}" (${orgName}); to accept it again logs its entries twice.`,
  };
}

function returningSentence(rows: number): Sentence {
  return {
    zh: `有 ${rows} 行此前已冲销，将重新登记。`,
    en: `The entries of ${rows} rows were taken back before; they will be logged again.`,
  };
}

function wholeFile(code: string, sentence: Sentence): Notice {
  return { code, sentence, sheet: null, row: null, column: null };
}
