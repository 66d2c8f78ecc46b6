import type { DataSource } from 'typeorm';
import { startedJob } from '../../libs/accounts/started-job';
import { readEnvironment } from '../../libs/config/environment';
import { DomainError } from '../../libs/core/domain-error';
import { closeDemonstration } from '../../libs/demonstration/close';
import { loadDemonstration } from '../../libs/demonstration/load';
import { recompute } from '../../libs/indicators/recompute';
import { lookFirst } from '../../libs/quality/first-look';
import { makeAssessmentFiles } from '../../libs/reports/assessment-files';
import { assessDemonstration } from '../../libs/self-assessment/demonstration-assessments';
import { theRegistry, type OfficeOptions } from './office';
import { showProgress } from './progress';

/**
 * Nothing is ever taken out of a ledger: a demonstration goes into a database of its own only.
 *
 * @throws {DomainError} when the database may be an office's
 */
export function requireOwnDatabase({ office }: OfficeOptions, intoDatabaseUrl: boolean | undefined): void {
  if (office) {
    throw new DomainError('demonstration_in_office', {
      zh: '演示数据写入后无法删除，不能写进本单位的数据库。请去掉 --office。',
      en: 'The demonstration cannot be taken out again and is not written into the office database. Leave --office out.',
    });
  }
  if (readEnvironment().DATABASE_URL === undefined || intoDatabaseUrl) return;
  throw new DomainError('demonstration_in_database_url', {
    zh: '演示数据写入后无法删除。若 DATABASE_URL 是专为演示建的空数据库，请加 --into-database-url；否则请取消 DATABASE_URL。',
    en: 'The demonstration cannot be taken out again. If DATABASE_URL is an empty database made for it, add --into-database-url; else unset DATABASE_URL.',
  });
}

/** Loads it, or what is missing of it, computes its values, closes its months, lets the rules of quality look, and fills its assessments. */
export async function demonstrate(source: DataSource): Promise<void> {
  const progress = showProgress('演示数据 demonstration');
  await loadDemonstration(source, progress.tell);
  progress.end();
  const { registryId } = await theRegistry(source);
  await startedJob(source, { registryId, actor: 'cli', act: 'demonstration.load' }, () =>
    recompute(source, registryId),
  );
  await closeDemonstration(source);
  await lookFirst(source, registryId);
  await assessDemonstration(source, registryId, makeAssessmentFiles);
  process.stderr.write('演示数据已就绪。 The demonstration is loaded.\n');
}
