import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { startedJob } from '../../libs/accounts/started-job';
import { recordAct } from '../../libs/accounts/audit';
import { backupKey, type BackupKey } from '../../libs/backup/backup-key';
import { drill } from '../../libs/backup/drill';
import type { DrillRow } from '../../libs/backup/drill.queries';
import { restoreBackup } from '../../libs/backup/restore-backup';
import { writeBackup } from '../../libs/backup/write-backup';
import { readEnvironment } from '../../libs/config/environment';
import type { Sentence } from '../../libs/core/domain-error';
import { applicationDataSource } from '../../libs/database/data-source';
import { inEachRegistry } from '../../libs/indicators/each-registry';
import { findRegistries } from '../../libs/indicators/registry.queries';
import { verify } from '../../libs/indicators/verify';
import { loginOf, type OfficeDatabase } from '../../libs/jobs/office-database';

/** Where backups lie unless said. */
export function backupFolder(): string {
  return join(readEnvironment().DATA_DIR, 'backups');
}

/** Makes a backup, and says where it lies and what it holds. */
export async function backUp(source: DataSource, { ownerUrl }: OfficeDatabase, folder: string): Promise<void> {
  const key = await theKey();
  const backup = await inEvery(source, 'backup.make', () => writeBackup(ownerUrl, folder, key.secret));
  if (!backup) return;
  const rows = backup.tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(
    [
      `${backup.path}\n`,
      `${backup.tables.length} 张表，${rows} 行，${backup.bytes} 字节，已写入并回读核对。 ${backup.tables.length} tables, ${rows} rows, ${backup.bytes} bytes, written and read back.\n`,
      ...backup.head.registries.map(
        ({ registryId, audit: { seq, hash } }) =>
          `资料库 ${registryId} 审计末条指纹 last hash of the audit log: ${seq}:${hash}\n`,
      ),
    ].join(''),
  );
}

/** Restores a backup into the office's empty database, and recounts everything there. */
export async function restore(office: OfficeDatabase, file: string): Promise<void> {
  const { secret } = await backupKey(readEnvironment(), false);
  const { head, tables } = await restoreBackup(file, secret, office.ownerUrl, loginOf(office.store.databaseUrl));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(
    `已恢复 ${head.takenAt} 的备份：${tables.length} 张表，${rows} 行。 The backup of ${head.takenAt} was restored: ${tables.length} tables, ${rows} rows.\n`,
  );
  const restored = await applicationDataSource(office.store.databaseUrl, 2).initialize();
  try {
    await inEachRegistry(
      head.registries.map(({ registryId }) => registryId),
      async (registryId) => {
        const { checked, drift, audit, seals } = await verify(restored, registryId);
        process.stdout.write(
          `资料库 ${registryId}：复核 ${checked} 个数值，不符 ${drift} 个；${audit.checked} 条审计记录，问题 ${audit.broken} 处；${seals.checked} 个封存，不符 ${seals.drift} 处。 Registry ${registryId}: ${checked} values, ${drift} drifted; ${audit.checked} acts, ${audit.broken} findings; ${seals.checked} seals, ${seals.drift} findings.\n`,
        );
        if (drift > 0 || audit.broken > 0 || seals.drift > 0) process.exitCode = 1;
        await recordAct(restored.manager, {
          ...{ registryId, actor: 'cli', act: 'backup.restore', thing: null, org: null, address: null },
          ...{
            result: 'done',
            detail: { takenAt: head.takenAt, drift, auditBroken: audit.broken, sealDrift: seals.drift },
          },
        });
      },
    );
  } finally {
    await restored.destroy();
  }
}

/** A drill now. */
export async function drillNow(source: DataSource, { store, ownerUrl }: OfficeDatabase): Promise<void> {
  const secret = async () => (await theKey()).secret;
  const place = { databaseUrl: store.databaseUrl, ownerUrl, folder: backupFolder(), secret };
  for (const row of await drill(source, place, 'cli')) {
    const { zh, en } = row.problem ?? foundBy(row);
    process.stdout.write(`资料库 ${row.registryId}：${zh} ${en}\n`);
    if (row.problem) process.exitCode = 1;
  }
}

function foundBy({ file, entries, checked, drift, audit }: DrillRow): Sentence {
  if (!audit)
    return { zh: '备份时还没有它，下次再试恢复。', en: 'It is newer than the backup; the next drill has it.' };
  return {
    zh: `${file} 已试恢复，${entries} 条登记；复核 ${checked} 个数值，不符 ${drift} 个；审计记录 ${audit.checked} 条，问题 ${audit.broken} 处。`,
    en: `Restored, ${entries} entries, ${checked} values, ${drift} drifted; ${audit.checked} acts, ${audit.broken} findings.`,
  };
}

async function theKey(): Promise<BackupKey> {
  const key = await backupKey(readEnvironment(), true);
  if (key.made) {
    process.stderr.write(
      `已生成备份密钥 ${key.path}。请另存一份到别处：没有它，备份无法恢复。 The backup key was made. Keep a copy of it elsewhere: without it no backup can be restored.\n`,
    );
  }
  return key;
}

/** One piece of work of the whole database, and one act in each registry. */
async function inEvery<Result>(source: DataSource, act: string, work: () => Promise<Result>): Promise<Result> {
  const registries = await findRegistries(source.manager);
  const running = work();
  running.catch(() => undefined);
  await inEachRegistry(
    registries.map(({ registryId }) => registryId),
    (registryId) => startedJob(source, { registryId, actor: 'cli', act }, () => running),
  );
  return running;
}
