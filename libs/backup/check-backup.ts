import { createHash, type Hash } from 'node:crypto';
import { readParts, type TableSum } from './backup-parts';
import { BackupRefused } from './backup-refused';

/**
 * Reads a whole backup, and reckons the sum of every table anew.
 *
 * @throws {BackupRefused} when it is damaged, cut off, or not to be opened with this secret
 */
export async function checkBackup(path: string, secret: Buffer): Promise<TableSum[]> {
  const tables: TableSum[] = [];
  let hash: Hash | undefined;
  for await (const part of readParts(path, secret)) {
    if (part.part === 'table') hash = createHash('sha256');
    if (part.part === 'rows') hash?.update(part.rows);
    if (part.part !== 'sum') continue;
    if (hash?.digest('hex') !== part.sum.sha256) throw new BackupRefused('backup_damaged');
    tables.push(part.sum);
  }
  return tables;
}
