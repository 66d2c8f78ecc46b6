import { Client } from 'pg';
import { DomainError } from '../core/domain-error';

const PATIENCE_MS = 10_000;

/**
 * Makes sure that a database answers, before anything is asked of it.
 *
 * @param variable the environment variable that names the database; its value is not repeated, it may hold a password
 * @throws {DomainError} when it cannot be reached or does not let the login in
 */
export async function reach(url: string, variable: 'DATABASE_URL' | 'DATABASE_OWNER_URL'): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const reason = (error as Error).message;
    throw new DomainError(
      'database_unreachable',
      {
        zh: `连不上 ${variable} 指定的数据库：${reason}。请核对主机、端口、用户名、密码和数据库名，并确认 PostgreSQL 已启动。`,
        en: `The database of ${variable} cannot be reached: ${reason}. Check host, port, user, password and database name, and that PostgreSQL runs.`,
      },
      { variables: [variable] },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
