import { DataSource } from 'typeorm';
import { readEnvironment } from '../../libs/config/environment';
import { DomainError } from '../../libs/core/domain-error';
import { applicationDataSource } from '../../libs/database/data-source';
import { findRegistries, type RegistryRow } from '../../libs/indicators/registry.queries';
import { openOfficeDatabase } from '../../libs/jobs/office-database';

/** Options that every verb has. */
export interface OfficeOptions {
  /** The office's own database instead of the demonstration's. */
  readonly office?: boolean;
}

/** Runs a verb on the office's database: the running one, or one started for the verb's own time. */
export async function withOffice(
  options: OfficeOptions,
  work: (source: DataSource) => Promise<void>,
  migrating = false,
): Promise<void> {
  const office = await openOfficeDatabase(
    readEnvironment(),
    options.office ? 'marrow_office' : 'marrow_demonstration',
    migrating,
  );
  try {
    const source = await applicationDataSource(office.store.databaseUrl, 4).initialize();
    try {
      await work(source);
    } finally {
      await source.destroy();
    }
  } finally {
    await office.close();
  }
}

/** @throws {DomainError} while the database holds no registry */
export async function theRegistry(source: DataSource): Promise<RegistryRow> {
  const [registry] = await findRegistries(source.manager);
  if (!registry) {
    throw new DomainError('no_registry', {
      zh: '这个数据库里还没有资料库。要看演示数据，请先运行 npm run -s ledger -- demo。',
      en: 'This database holds no registry yet. For the demonstration run npm run -s ledger -- demo first.',
    });
  }
  return registry;
}
