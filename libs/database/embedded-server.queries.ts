import type { Client } from 'pg';

// Any two numbers, both asked for here only. Advisory locks end with the connection, also of a killed program.
const IN_USE = [727_166, 1];
const PROGRAM = [727_166, 2];
const PROVISION = [727_166, 3];

const LOCK_NOT_AVAILABLE = '55P03';

export async function dataDirectory(client: Client): Promise<string> {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory');
  return rows[0]!.data_directory;
}

export async function shareServer(client: Client): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, $2)', IN_USE);
}

/** Gives up the share. @returns whether nobody else has one, and nobody can get one any more */
export async function leaveServer(client: Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1, $2)', IN_USE);
  const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1, $2) as last', IN_USE);
  return rows[0]!.last;
}

/** @returns whether this connection is the program's now */
export async function takeProgram(client: Client, address: string): Promise<boolean> {
  await client.query(`select set_config('application_name', $1, false)`, [address]);
  // The connection of a program killed just now may take a moment to go.
  await client.query(`set lock_timeout = '1s'`);
  try {
    await client.query('select pg_advisory_lock($1, $2)', PROGRAM);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  } finally {
    await client.query('set lock_timeout = 0').catch(() => undefined);
  }
}

export async function programAddress(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ application_name: string }>(
    `select application_name
       from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and classid = $1 and objid = $2 and granted`,
    PROGRAM,
  );
  return rows[0]?.application_name;
}

/** Makes the login if it is missing. */
export async function ensureLogin(client: Client, name: string, password: string): Promise<void> {
  await oneAtATime(client, async () => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
    if (rowCount) return;
    const login = client.escapeIdentifier(name);
    await client.query(`create role ${login} login nosuperuser nocreatedb password ${client.escapeLiteral(password)}`);
  });
}

/** Makes the database if it is missing. */
export async function ensureDatabase(client: Client, name: string): Promise<void> {
  await oneAtATime(client, async () => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

async function oneAtATime(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('select pg_advisory_lock($1, $2)', PROVISION);
  try {
    await work();
  } finally {
    await client.query('select pg_advisory_unlock($1, $2)', PROVISION).catch(() => undefined);
  }
}
