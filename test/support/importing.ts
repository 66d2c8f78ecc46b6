import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Importer, ImportRecord } from '../../libs/intake/import-record';
import { runImport } from '../../libs/intake/import-run';
import { acceptImport, receiveFile, takesBack, type Acceptance, type ReceivedFile } from '../../libs/intake/imports';
import { REGISTRY } from './small-registry';

export const IMPORTER: Importer = { registryId: REGISTRY, name: 'importer', address: null };

export const HEAD = '种类,机构,日期,数量,捐献者编号,请求编号,结果,备注';

/** Takes a CSV file in and compares it with the ledger. */
export async function stageFile(
  source: DataSource,
  lines: readonly string[],
  options: Partial<ReceivedFile> = {},
): Promise<ImportRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-importing-'));
  try {
    const path = join(folder, 'file.csv');
    await writeFile(path, [HEAD, ...lines].join('\n'));
    const file = { path, fileName: 'may.csv', org: 'P', kind: null, mode: 'good_rows', ...options } as const;
    const { importId } = await receiveFile(source, IMPORTER, file);
    return await runImport(source, REGISTRY, importId);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same, accepted and posted to its end. */
export async function importFile(
  source: DataSource,
  lines: readonly string[],
  options: Partial<ReceivedFile> & Pick<Acceptance, 'duplicate'> = {},
): Promise<ImportRecord> {
  const { duplicate, ...file } = options;
  const staged = await stageFile(source, lines, file);
  const reason = takesBack(staged) ? '按更正后的文件' : undefined;
  await acceptImport(source, IMPORTER, staged.importId, { reason, duplicate });
  return runImport(source, REGISTRY, staged.importId);
}

/** The entries that stand, as `kind org day quantity code`, in order. */
export async function standing(source: DataSource): Promise<string[]> {
  const rows: { text: string }[] = await source.query(
    `select concat_ws(' ', e.kind, e.org, e.occurred_on, trim_scale(e.quantity), e.donor_code, e.case_code, e.outcome) as text
      from entry e
      where e.reverses is null and not exists (select from entry r where r.registry_id = e.registry_id and r.reverses = e.id)
      order by 1`,
  );
  return rows.map(({ text }) => text);
}

export async function countEntries(source: DataSource): Promise<number> {
  const [{ count }] = await source.query('select count(*)::int as count from entry');
  return count;
}
