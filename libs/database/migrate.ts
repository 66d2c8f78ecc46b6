import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { APPLICATION_ROLE, ownerDataSource } from './data-source';

// Any fixed number; it is only ever asked for here.
const MIGRATION_LOCK = 727_166_001;

/**
 * Brings the schema up to date as the owner, one migrator at a time, and lets the given login work as the
 * application's role.
 *
 * @param only the names of the migrations to run, for a structure as it once was; all unless said
 * @returns the names of the migrations that ran
 * @throws {DomainError} when the role does not exist and the owner may not create it
 */
export async function migrate(ownerUrl: string, applicationLogin: string, only?: readonly string[]): Promise<string[]> {
  const source = await ownerDataSource(ownerUrl, only).initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await ensureApplicationRole(source, applicationLogin);
    const ran = await source.runMigrations();
    await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    return ran.map((migration) => migration.name);
  } finally {
    await lock.release();
    await source.destroy();
  }
}

async function ensureApplicationRole(source: DataSource, login: string): Promise<void> {
  try {
    const [role] = await source.query('select from pg_roles where rolname = $1', [APPLICATION_ROLE]);
    if (!role) await source.query(`create role ${APPLICATION_ROLE} nologin`);
    const [member] = await source.query(`select pg_has_role($1, $2, 'member') as yes`, [login, APPLICATION_ROLE]);
    if (!member.yes) await source.query(`grant ${APPLICATION_ROLE} to "${login.replaceAll('"', '""')}"`);
  } catch (error) {
    throw new DomainError('application_role_missing', {
      zh: `数据库中没有可用的角色 ${APPLICATION_ROLE}，当前登录名也无权建立或授予它。请由数据库管理员执行：create role ${APPLICATION_ROLE}; grant ${APPLICATION_ROLE} to "${login}";（原因：${(error as Error).message}）`,
      en: `The database has no usable role ${APPLICATION_ROLE}, and this login may neither create nor grant it. Have the database administrator run: create role ${APPLICATION_ROLE}; grant ${APPLICATION_ROLE} to "${login}"; (${(error as Error).message})`,
    });
  }
}
