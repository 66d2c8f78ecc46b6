import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An assessment takes a step of its way only with the row that says who took it and what stood then; nobody judges what
 * they typed, and what is frozen has its content and all its files, for whoever writes in the database too.
 */
export class FreezeWithContent1763781800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REQUIRE_STEP);
    await runner.query(
      `create trigger assessment_stepped before update of state on assessment
        for each row execute function require_assessment_step()`,
    );
    await runner.query('revoke all on function require_assessment_step() from public');
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

// Under the lock of the assessment's row: whoever types at the same time has committed, or waits and is refused.
const REQUIRE_STEP = `
  create function require_assessment_step() returns trigger language plpgsql set search_path = public, pg_temp as $$
  declare
    step assessment_step;
    files text[];
  begin
    if new.state = old.state then
      return new;
    end if;
    select s.* into step from assessment_step s
      where s.registry_id = new.registry_id and s.org = new.org and s.form = new.form and s.period = new.period
        and s.project = new.project and s.revision = new.revision
      order by s.number desc limit 1;
    if (step.from_state, step.to_state) is distinct from (old.state, new.state) then
      raise exception 'no step says who took it from % to %', old.state, new.state using errcode = 'check_violation',
        constraint = 'assessment_step_taken';
    end if;
    if new.state = 'draft' then
      return new;
    end if;
    if exists (
      select from assessment_typed t
        where t.registry_id = new.registry_id and t.org = new.org and t.form = new.form and t.period = new.period
          and t.project = new.project and t.revision = new.revision and t.written_by = step.actor
    ) then
      raise exception '% typed into it and does not judge it', step.actor using errcode = 'check_violation',
        constraint = 'assessment_maker';
    end if;
    if step.filled::jsonb -> 'lines' -> 0 is null or step.rules::jsonb ->> 'code' is null then
      raise exception 'the step does not hold what stood then' using errcode = 'check_violation',
        constraint = 'assessment_content';
    end if;
    if new.state = 'frozen' then
      select array_agg(f.kind order by f.kind) into files from assessment_file f
        where f.registry_id = new.registry_id and f.org = new.org and f.form = new.form and f.period = new.period
          and f.project = new.project and f.revision = new.revision;
      if files is distinct from array['data.json', 'evidence.zip', 'form.xlsx', 'report.docx'] then
        raise exception 'what is frozen has all its files' using errcode = 'check_violation',
          constraint = 'assessment_content';
      end if;
    end if;
    return new;
  end $$`;
