import { DataSource } from 'typeorm';
import { readEnvironment } from '../../libs/config/environment';
import { BROKEN_OFF, Ending } from '../../libs/core/ending';
import { DomainError, type Sentence } from '../../libs/core/domain-error';
import { applicationDataSource } from '../../libs/database/data-source';
import { findRegistries, type RegistryRow } from '../../libs/indicators/registry.queries';
import {
  openBareDatabase,
  openOfficeDatabase,
  type OfficeDatabase,
  type OfficeDatabaseName,
} from '../../libs/jobs/office-database';

/** Options that every verb has. */
export interface OfficeOptions {
  /** The office's own database instead of the demonstration's. */
  readonly office?: boolean;
}

/** Runs a verb on the office's database: the running one, or one started for the verb's own time, also if broken off. */
export function withOffice(
  options: OfficeOptions,
  work: (source: DataSource, office: OfficeDatabase) => Promise<void>,
  migrating = false,
): Promise<void> {
  const opening = openOfficeDatabase(readEnvironment(), nameOf(options), migrating);
  return withDatabase(opening, async (office) => {
    const source = await applicationDataSource(office.store.databaseUrl, 4).initialize();
    await work(source, office).finally(() => source.destroy());
  });
}

/** The same for a database that need not have its tables. */
export function withBareOffice(options: OfficeOptions, work: (office: OfficeDatabase) => Promise<void>): Promise<void> {
  return withDatabase(openBareDatabase(readEnvironment(), nameOf(options)), work);
}

async function withDatabase(
  opening: Promise<OfficeDatabase>,
  work: (office: OfficeDatabase) => Promise<void>,
): Promise<void> {
  const ending = new Ending(async () => {
    await opening.then((office) => office.close()).catch(() => undefined);
    return BROKEN_OFF;
  });
  try {
    const office = await opening;
    await work(office).finally(() => office.close());
  } catch (error) {
    if (!ending.begun) throw error;
  }
}

function nameOf({ office }: OfficeOptions): OfficeDatabaseName {
  return office ? 'marrow_office' : 'marrow_demonstration';
}

/** @throws {DomainError} while the database holds no registry */
export async function theRegistry(source: DataSource): Promise<RegistryRow> {
  const [registry] = await findRegistries(source.manager);
  if (!registry) throw new DomainError('no_registry', isDemonstration(source) ? LOAD_IT : SET_IT_UP);
  return registry;
}

const LOAD_IT: Sentence = {
  zh: '这个数据库里还没有资料库。要看演示数据，请先运行 npm run -s ledger -- demo。',
  en: 'This database holds no registry yet. For the demonstration run npm run -s ledger -- demo first.',
};
const SET_IT_UP: Sentence = {
  zh: '这个数据库里还没有资料库。请启动程序（单机运行 npm start -- --office），打开它显示的一次性链接，建立资料库和第一个账号。',
  en: 'This database holds no registry yet. Start the program (on one machine: npm start -- --office) and open the one-time link that it shows, to set up the registry and its first account.',
};

function isDemonstration({ options }: DataSource): boolean {
  const name: OfficeDatabaseName = 'marrow_demonstration';
  return 'url' in options && options.url !== undefined && new URL(options.url).pathname === `/${name}`;
}
