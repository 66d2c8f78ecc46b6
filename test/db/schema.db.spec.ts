import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { ownerDataSource } from '../../libs/database/data-source';
import { schemaText } from '../support/schema-text';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const SHOWN = join(__dirname, '../../migrations/schema.sql');

// TypeORM's own book of the migrations that ran; it is never spread over servers.
const BOOK = 'migrations';

let database: TestDatabase;
let owner: Client;
let entities: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  entities = await ownerDataSource(database.ownerUrl).initialize();
});

afterAll(async () => {
  await entities?.destroy();
  await owner?.end();
  await database?.drop();
});

async function texts(statement: string): Promise<string[]> {
  const { rows } = await owner.query<{ text: string }>(statement);
  return rows.map(({ text }) => text);
}

/** Runs something against a changed schema, and takes the change back. */
async function changed<Result>(change: string, act: () => Promise<Result>): Promise<Result> {
  await owner.query('begin');
  try {
    await owner.query(change);
    return await act();
  } finally {
    await owner.query('rollback');
  }
}

describe('migrations/schema.sql', () => {
  it('shows the migrated schema; after a change of the schema, run `npm run schema`', async () => {
    const text = await schemaText(owner);
    if (process.env.MARROW_WRITE_SCHEMA) await writeFile(SHOWN, text);

    expect(text).toEqual(await readFile(SHOWN, 'utf8'));
  });

  it('leaves out nothing that there is', async () => {
    expect(await texts(KINDS_NOT_SHOWN)).toEqual([]);
    expect(
      await changed(`create type grade as enum ('A'); alter default privileges grant select on tables to public`, () =>
        texts(KINDS_NOT_SHOWN),
      ),
    ).toEqual(['default privileges', 'type grade']);
  });
});

describe('the entities', () => {
  const missing = async (): Promise<string[]> => {
    const { upQueries } = await entities.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  };

  it('describe the migrated tables: there is nothing to synchronise', async () => {
    expect(await missing()).toEqual([]);
  });

  it('would be found out by a column more', async () => {
    await owner.query('alter table target add column colour text');
    try {
      expect(await missing()).toEqual(['ALTER TABLE "target" DROP COLUMN "colour"']);
    } finally {
      await owner.query('alter table target drop column colour');
    }
  });

  it('are as many as the tables', async () => {
    const tables = await texts(`select relname as text from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);

    expect([...entities.entityMetadatas.map(({ tableName }) => tableName), BOOK].sort()).toEqual(tables.sort());
  });
});

describe('what spreading the registries over servers needs', () => {
  it('is there: every key carries the registry, and triggers are row triggers', async () => {
    expect(await texts(NOT_SPREADABLE)).toEqual([]);
  });

  it.each([
    ['a primary key', 'create table bad (id integer primary key)', ['bad_pkey']],
    ['no primary key', 'create table bad (registry_id integer)', ['bad']],
    ['a unique index', 'create unique index bad on entry (id)', ['bad']],
    [
      'a foreign key',
      'alter table recompute_head add constraint bad foreign key (position) references registry (registry_id)',
      ['bad'],
    ],
    [
      'a statement trigger',
      'create trigger bad before truncate on entry for each statement execute function refuse_change()',
      ['bad'],
    ],
  ])('would be found out by %s of another kind', async (_what, change, found) => {
    expect(await changed(change, () => texts(NOT_SPREADABLE))).toEqual(found);
  });
});

const OURS = `select oid, relname from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '${BOOK}'`;

const NOT_SPREADABLE = `
  with ours as (${OURS}), key_column as (
    select attrelid, attnum from pg_attribute where attname = 'registry_id'
  )
  select relname as text from ours
    where not exists (select from pg_index where indrelid = ours.oid and indisprimary)
  union all
  select indexrelid::regclass::text from pg_index join ours on oid = indrelid
    where (indisunique or indisexclusion) and not exists (
      select from key_column where attrelid = indrelid and attnum = any (indkey::smallint[]))
  union all
  select conname from pg_constraint c join ours on ours.oid = conrelid
    where contype = 'f' and not exists (
      select from unnest(conkey, confkey) as pair (here, there)
      join key_column h on h.attrelid = conrelid and h.attnum = here
      join key_column t on t.attrelid = confrelid and t.attnum = there)
  union all
  select tgname from pg_trigger join ours on ours.oid = tgrelid where not tgisinternal and tgtype & 1 = 0
  order by 1`;

/** What the dump has no words for. */
const KINDS_NOT_SHOWN = `
  select format('relation %s', relname) as text from pg_class
    where relnamespace = 'public'::regnamespace and relkind not in ('r', 'v', 'i', 'S', 'c')
  union all
  select format('sequence %s', relname) from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'S' and not exists (
      select from pg_depend where objid = pg_class.oid and refclassid = 'pg_class'::regclass and deptype in ('a', 'i'))
  union all
  select format('type %s', typname) from pg_type left join pg_class on pg_class.oid = typrelid
    where typnamespace = 'public'::regnamespace and (typtype in ('d', 'e', 'r') or relkind = 'c')
  union all
  select format('aggregate %s', proname) from pg_proc
    where pronamespace = 'public'::regnamespace and prokind not in ('f', 'p', 'w')
  union all
  select format('rule %s', rulename) from pg_rewrite join pg_class on pg_class.oid = ev_class
    where relnamespace = 'public'::regnamespace and rulename <> '_RETURN'
  union all
  select format('policy %s', polname) from pg_policy
  union all
  select format('row security of %s', relname) from pg_class where relrowsecurity
  union all
  select 'default privileges' from pg_default_acl where defaclnamespace in (0, 'public'::regnamespace)
  union all
  select format('storage of %s', relname) from pg_class
    where relnamespace = 'public'::regnamespace and relkind <> 'v' and reloptions is not null
  union all
  select format('inheritance of %s', inhrelid::regclass) from pg_inherits
  union all
  select format('statistics %s', stxname) from pg_statistic_ext
  union all
  select format('event trigger %s', evtname) from pg_event_trigger
  union all
  select format('publication %s', pubname) from pg_publication
  union all
  select format('extension %s', extname) from pg_extension where extname <> 'plpgsql'
  union all
  select format('schema %s', nspname) from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('public', 'information_schema', 'bullmq')
  order by 1`;
