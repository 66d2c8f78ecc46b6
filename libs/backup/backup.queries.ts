import type { Client } from 'pg';
import { from as copyFrom, to as copyTo, type CopyStreamQuery, type CopyToStreamQuery } from 'pg-copy-streams';
import type { BackupHead, BackupTable } from './backup-parts';

/** The book of the migrations stands in the head; who was signed in signs in again. */
const LEFT_OUT = ['migrations', 'session', 'sign_in_attempt', 'sign_on_attempt', 'setup_link'];

/** Whatever the database is set to, a value is written in one way. */
export async function writeAlike(client: Client): Promise<void> {
  await client.query(`
    set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set bytea_output = 'hex';
    set extra_float_digits = 1; set statement_timeout = 0;
    set idle_in_transaction_session_timeout = 0; set client_encoding = 'UTF8'`);
}

export async function beginSnapshot(client: Client): Promise<void> {
  await client.query('begin isolation level repeatable read, read only');
}

export async function readHead(client: Client): Promise<BackupHead> {
  const { rows } = await client.query(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "takenAt",
      array(select name from migrations order by timestamp, id) as migrations,
      array(
        select json_build_object('registryId', r.registry_id, 'position', coalesce(h.position, 0)::text,
          'audit', json_build_object('seq', coalesce(a.seq, 0)::text, 'hash', coalesce(encode(a.hash, 'hex'), '')))
        from registry r left join registry_head h using (registry_id) left join audit_head a using (registry_id)
        order by r.registry_id
      ) as registries`,
  );
  return rows[0];
}

/** The names of the migrations that have run; none of an empty database. */
export async function findMigrations(client: Client): Promise<string[]> {
  const { rows: tables } = await client.query(`select to_regclass('public.migrations') is not null as made`);
  if (!tables[0].made) return [];
  const { rows } = await client.query('select name from migrations order by timestamp, id');
  return rows.map(({ name }) => name);
}

/** Every table, after those that it refers to. */
export async function findTables(client: Client): Promise<BackupTable[]> {
  const { rows } = await client.query(
    `with recursive ours as (
        select oid, relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
          and relname <> all ($1)
      ),
      reference as (
        select conrelid as child, confrelid as parent from pg_constraint
        where contype = 'f' and conrelid <> confrelid
      ),
      depth as (
        select oid, 0 as depth from ours
        union
        select r.child, d.depth + 1 from depth d join reference r on r.parent = d.oid where d.depth < 50
      )
      select o.name, array(
          select attname::text from pg_attribute
          where attrelid = o.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
        ) as columns
      from ours o join depth d using (oid)
      group by o.oid, o.name order by max(d.depth), o.name`,
    [LEFT_OUT],
  );
  return rows;
}

export async function findFilledTable(client: Client): Promise<string | undefined> {
  for (const { name } of await findTables(client)) {
    const { rows } = await client.query(`select exists (select from ${quoted(name)}) as filled`);
    if (rows[0].filled) return name;
  }
  return undefined;
}

/** Whether something of somebody else's stands where the tables would be made. */
export async function hasOtherTables(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `select exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v'))
      as others`,
  );
  return rows[0].others;
}

export function copyOut(client: Client, table: BackupTable): CopyToStreamQuery {
  return client.query(copyTo(`copy ${quoted(table.name)} (${table.columns.map(quoted).join()}) to stdout`));
}

export function copyIn(client: Client, table: BackupTable): CopyStreamQuery {
  return client.query(copyFrom(`copy ${quoted(table.name)} (${table.columns.map(quoted).join()}) from stdin`));
}

/** Whatever happens before `commit`, nothing stays of it. */
export async function beginRestore(client: Client): Promise<void> {
  await client.query('begin');
}

export async function commit(client: Client): Promise<void> {
  await client.query('commit');
}

/** What was checked and set when a row was first written is taken as it is; references are checked. Owner's right. */
export async function setTriggers(client: Client, tables: readonly BackupTable[], on: boolean): Promise<void> {
  for (const { name } of tables) {
    await client.query(`alter table ${quoted(name)} ${on ? 'enable' : 'disable'} trigger user`);
  }
}

/** Numbers that the database gives go on after the highest that is there. */
export async function continueSequences(client: Client, tables: readonly BackupTable[]): Promise<void> {
  for (const { name, columns } of tables) {
    for (const column of columns) {
      await client.query(
        `select setval(s.name, m.highest)
          from (select pg_get_serial_sequence($1, $2) as name) s,
            (select max(${quoted(column)}::text::bigint) as highest from ${quoted(name)}
              where pg_get_serial_sequence($1, $2) is not null) m
          where s.name is not null and m.highest is not null`,
        [quoted(name), column],
      );
    }
  }
}

export async function analyse(client: Client): Promise<void> {
  await client.query('analyze');
}

/** Tells a database that a drill has made from somebody's own of the same name. */
const OF_A_DRILL = 'marrow-ledger drill';

/**
 * Beside the office's, for a drill. Leaves no half-restored one of a drill that was killed.
 *
 * @returns false, and does nothing, when a database of that name stands that no drill has made
 */
export async function createDatabase(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
    [name],
  );
  if (rows[0] && rows[0].comment !== OF_A_DRILL) return false;
  await dropDatabase(client, name);
  await client.query(`create database ${quoted(name)} template template0`);
  await client.query(`comment on database ${quoted(name)} is '${OF_A_DRILL}'`);
  return true;
}

export async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${quoted(name)} with (force)`);
}

/** One drill at a time on a server; given back with the connection. */
export async function takeDrill(client: Client): Promise<boolean> {
  const { rows } = await client.query('select pg_try_advisory_lock($1, $2) as taken', [727_166, 4]);
  return rows[0].taken;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
