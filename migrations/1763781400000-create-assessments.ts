import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Self-assessments: what was typed, by whom, their way to being frozen, and what was handed in. Frozen, they stay. */
export class CreateAssessments1763781400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ASSESSMENT);
    await runner.query(TYPED);
    await runner.query(STEP);
    await runner.query(COMMENT);
    await runner.query(FILE);
    await runner.query(RULE_PACK);
    await runner.query(REPORT_TEMPLATE);
    for (const statement of [KEEP_ASSESSMENT, KEEP_PARTS, KEEP_COMMENT, ...TRIGGERS, ...GRANTS]) {
      await runner.query(statement);
    }
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

const ADDRESS = `
        registry_id integer not null,
        org text not null,
        form text not null,
        period text not null,
        project text not null,
        revision integer not null,`;
const KEY = 'registry_id, org, form, period, project, revision';
const OF_ASSESSMENT = `foreign key (${KEY}) references assessment (${KEY})`;

const ASSESSMENT = `
      create table assessment (${ADDRESS}
        form_version integer not null,
        pack text not null,
        pack_version integer not null,
        state text not null,
        version integer not null,
        created_by text not null,
        created_at timestamptz not null,
        constraint assessment_pkey primary key (${KEY}),
        constraint assessment_org_fkey foreign key (registry_id, org) references org (registry_id, org),
        constraint assessment_period_check check (period ~ '^[1-9][0-9]{3}(-H1)?$'),
        constraint assessment_revision_check check (revision >= 1),
        constraint assessment_state_check check (state in ('draft', 'reviewed', 'approved', 'frozen'))
      )`;

const TYPED = `
      create table assessment_typed (${ADDRESS}
        version integer not null,
        place text not null,
        content jsonb not null,
        written_by text not null,
        account uuid,
        written_at timestamptz not null,
        constraint assessment_typed_pkey primary key (${KEY}, version, place),
        constraint assessment_typed_assessment_fkey ${OF_ASSESSMENT}
      )`;

const STEP = `
      create table assessment_step (${ADDRESS}
        number integer not null,
        from_state text not null,
        to_state text not null,
        note text,
        actor text not null,
        at timestamptz not null,
        filled json not null,
        rules json not null,
        definitions text not null,
        seals json not null,
        constraint assessment_step_pkey primary key (${KEY}, number),
        constraint assessment_step_assessment_fkey ${OF_ASSESSMENT},
        constraint assessment_step_note_check
          check (to_state <> 'draft' or note is not null)
      )`;

const COMMENT = `
      create table assessment_comment (${ADDRESS}
        number integer not null,
        line text,
        text text not null,
        author text not null,
        at timestamptz not null,
        resolved_by text,
        resolved_at timestamptz,
        constraint assessment_comment_pkey primary key (${KEY}, number),
        constraint assessment_comment_assessment_fkey ${OF_ASSESSMENT},
        constraint assessment_comment_resolved_check check ((resolved_by is null) = (resolved_at is null))
      )`;

const FILE = `
      create table assessment_file (${ADDRESS}
        kind text not null,
        name text not null,
        bytes bytea not null,
        sha256 bytea not null,
        constraint assessment_file_pkey primary key (${KEY}, kind),
        constraint assessment_file_assessment_fkey ${OF_ASSESSMENT},
        constraint assessment_file_kind_check
          check (kind in ('form.xlsx', 'report.docx', 'data.json', 'evidence.zip')),
        constraint assessment_file_size_check check (octet_length(bytes) between 1 and 104857600),
        constraint assessment_file_sha256_check check (sha256 = sha256(bytes))
      )`;

const RULE_PACK = `
      create table rule_pack (
        registry_id integer not null,
        code text not null,
        version integer not null,
        since text not null,
        content jsonb not null,
        recorded_by text not null,
        recorded_at timestamptz not null,
        constraint rule_pack_pkey primary key (registry_id, code, version),
        constraint rule_pack_registry_fkey foreign key (registry_id) references registry (registry_id),
        constraint rule_pack_since_check check (since ~ '^[1-9][0-9]{3}$')
      )`;

const REPORT_TEMPLATE = `
      create table report_template (
        registry_id integer not null,
        form text not null,
        version integer not null,
        docx bytea,
        name text,
        recorded_by text not null,
        recorded_at timestamptz not null,
        constraint report_template_pkey primary key (registry_id, form, version),
        constraint report_template_registry_fkey foreign key (registry_id) references registry (registry_id),
        constraint report_template_name_check check ((docx is null) = (name is null)),
        constraint report_template_size_check check (octet_length(docx) between 1 and 10485760)
      )`;

// What is frozen stays as it is for everybody; months are closed before it (R21), and are only then.
const KEEP_ASSESSMENT = `
  create function keep_assessment() returns trigger language plpgsql set search_path = public, pg_temp as $$
  declare
    allowed constant text[] := array['draft reviewed', 'reviewed approved', 'approved frozen', 'reviewed draft',
      'approved draft'];
    ended date;
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'draft' then
        raise exception 'an assessment begins as a draft' using errcode = 'check_violation',
          constraint = 'assessment_way';
      end if;
      if new.revision > 1 and not exists (
        select from assessment a where a.registry_id = new.registry_id and a.org = new.org and a.form = new.form
          and a.period = new.period and a.project = new.project and a.revision = new.revision - 1
          and a.state = 'frozen'
      ) then
        raise exception 'a revision follows what is frozen' using errcode = 'check_violation',
          constraint = 'assessment_revision';
      end if;
      return new;
    end if;
    if old.state = 'frozen' then
      raise exception 'a frozen assessment is not changed' using errcode = 'check_violation',
        constraint = 'assessment_frozen';
    end if;
    if (new.registry_id, new.org, new.form, new.period, new.project, new.revision, new.created_by, new.created_at)
      is distinct from
      (old.registry_id, old.org, old.form, old.period, old.project, old.revision, old.created_by, old.created_at)
      or new.version <> old.version + 1
      or (new.state <> old.state and old.state || ' ' || new.state <> all (allowed))
    then
      raise exception 'an assessment goes its way step by step' using errcode = 'check_violation',
        constraint = 'assessment_way';
    end if;
    if new.state = 'frozen' then
      ended := case when new.period like '%-H1' then make_date(left(new.period, 4)::integer, 7, 1)
        else make_date(left(new.period, 4)::integer + 1, 1, 1) end;
      if not exists (
        select from registry_head h where h.registry_id = new.registry_id and h.first_open_month >= ended
      ) then
        raise exception 'a month of % is open', new.period using errcode = 'check_violation',
          constraint = 'assessment_months';
      end if;
    end if;
    return new;
  end $$`;

// Waits for whoever is about to freeze it.
const KEEP_PARTS = `
  create function keep_assessment_parts() returns trigger language plpgsql set search_path = public, pg_temp as $$
  declare
    standing text;
  begin
    select a.state into standing from assessment a
      where a.registry_id = new.registry_id and a.org = new.org and a.form = new.form and a.period = new.period
        and a.project = new.project and a.revision = new.revision
      for share;
    if standing = 'frozen' then
      raise exception 'a frozen assessment is not changed' using errcode = 'check_violation',
        constraint = 'assessment_frozen';
    end if;
    if tg_table_name = 'assessment_typed' and standing <> 'draft' then
      raise exception 'a draft alone is written' using errcode = 'check_violation', constraint = 'assessment_way';
    end if;
    return new;
  end $$`;

const KEEP_COMMENT = `
  create function keep_assessment_comment() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    if old.resolved_at is not null
      or to_jsonb(new) - 'resolved_by' - 'resolved_at' <> to_jsonb(old) - 'resolved_by' - 'resolved_at'
    then
      raise exception 'a comment is resolved once and else not changed' using errcode = 'check_violation',
        constraint = 'assessment_comment_kept';
    end if;
    return new;
  end $$`;

const TRIGGERS = [
  `create trigger assessment_kept before insert or update on assessment
    for each row execute function keep_assessment()`,
  `create trigger assessment_stays before delete on assessment for each row execute function refuse_change()`,
  ...['assessment_typed', 'assessment_step', 'assessment_file'].flatMap((table) => [
    `create trigger ${table}_append_only before update or delete on ${table}
      for each row execute function refuse_change()`,
    `create trigger ${table}_kept before insert on ${table} for each row execute function keep_assessment_parts()`,
  ]),
  `create trigger assessment_comment_stays before delete on assessment_comment
    for each row execute function refuse_change()`,
  `create trigger assessment_comment_kept before insert or update on assessment_comment
    for each row execute function keep_assessment_parts()`,
  `create trigger assessment_comment_resolved before update on assessment_comment
    for each row execute function keep_assessment_comment()`,
  ...['rule_pack', 'report_template'].map(
    (table) =>
      `create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change()`,
  ),
];

const GRANTS = [
  'revoke all on function keep_assessment(), keep_assessment_parts(), keep_assessment_comment() from public',
  `grant select, insert on assessment, assessment_typed, assessment_step, assessment_comment, assessment_file,
    rule_pack, report_template to marrow_app`,
  `grant update (form_version, pack, pack_version, state, version) on assessment to marrow_app`,
  `grant update (resolved_by, resolved_at) on assessment_comment to marrow_app`,
];
