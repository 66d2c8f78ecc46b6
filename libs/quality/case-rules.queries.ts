import type { EntityManager } from 'typeorm';
import { FOUND, STANDS, type Look } from './found.queries';

export interface Lack {
  readonly code: string;
  readonly on: 'case' | 'donor';
  readonly begins: { readonly kind: string; readonly outcomes?: readonly string[] };
  readonly lacks: { readonly kind: string; readonly outcomes?: readonly string[] };
  readonly afterwards: boolean;
  readonly days: number;
}

const SUBJECT = (entry: string) => `case p."on" when 'case' then ${entry}.case_code else ${entry}.donor_code end`;
const OF = (entry: string, move: string) => `${entry}.kind = p.${move}->>'kind'
  and (p.${move}->'outcomes' is null or p.${move}->'outcomes' ? ${entry}.outcome)`;

/** The last beginning of each case or donor that lacks what must follow. */
export async function findLacks(
  manager: EntityManager,
  { registryId, today }: Look,
  lacks: readonly Lack[],
): Promise<void> {
  const kinds = lacks.flatMap((one) => [one.begins.kind, one.lacks.kind]);
  await manager.query(
    `with p as materialized (
        select * from json_to_recordset($3::json) as p
          (code text, "on" text, begins jsonb, lacks jsonb, afterwards boolean, days integer)
      ),
      moved as materialized (
        select e.kind, e.outcome, e.org, e.occurred_on, e.posted_month, e.position, e.case_code, e.donor_code
        from entry e where e.kind = any($4::text[]) and ${STANDS('e')}
      ),
      begun as materialized (
        select distinct on (p.code, subject.code) p.code, subject.code as subject, e.org, e.occurred_on,
          e.posted_month, e.case_code, e.donor_code
        from p join moved e on ${OF('e', 'begins')}
        cross join lateral (select ${SUBJECT('e')} as code) subject
        where subject.code is not null and e.occurred_on + p.days <= $2::date
        order by p.code, subject.code, e.occurred_on desc, e.position desc
      ),
      met as materialized (
        select p.code, ${SUBJECT('e')} as subject, max(e.occurred_on) as day
        from p join moved e on ${OF('e', 'lacks')} group by 1, 2
      )
      ${FOUND}
      select b.code, b.org, to_char(b.posted_month, 'YYYY-MM'), b.subject, b.occurred_on::text, null,
        jsonb_build_object('caseCode', b.case_code, 'donorCode', b.donor_code)
      from begun b join p using (code) left join met m on m.code = b.code and m.subject = b.subject
      where m.day is null or p.afterwards and m.day < b.occurred_on`,
    [registryId, today, JSON.stringify(lacks), kinds],
  );
}

/** How often a case has one too many: with nothing between where nothing may be, else with none of that between. */
export async function findRepeats(
  manager: EntityManager,
  { registryId }: Look,
  repeats: readonly { readonly code: string; readonly repeats: string; readonly between?: string }[],
): Promise<void> {
  const kinds = repeats.flatMap((one) => (one.between ? [one.repeats, one.between] : [one.repeats]));
  await manager.query(
    `with p as materialized (
        select * from json_to_recordset($2::json) as p (code text, repeats text, between text)
      ),
      step as materialized (
        select p.code, p.repeats, e.case_code, e.donor_code, e.org, e.kind, e.occurred_on, e.posted_month, e.position,
          lag(e.kind) over (partition by p.code, e.case_code order by e.occurred_on, e.position, e.kind <> p.between) as before
        from p join entry e on e.kind in (p.repeats, p.between)
        where e.kind = any($3::text[]) and e.case_code is not null and ${STANDS('e')}
      ),
      last as (
        select distinct on (s.code, s.case_code) s.*,
          count(*) over (partition by s.code, s.case_code) as times
        from step s where s.kind = s.repeats and s.before = s.repeats
        order by s.code, s.case_code, s.occurred_on desc, s.position desc
      )
      ${FOUND}
      select code, org, to_char(posted_month, 'YYYY-MM'), case_code, (times + 1)::text, '1',
        jsonb_build_object('caseCode', case_code, 'donorCode', donor_code, 'occurredOn', occurred_on)
      from last`,
    [registryId, JSON.stringify(repeats), kinds],
  );
}

export interface Silence {
  readonly code: string;
  readonly begins: string;
  readonly days: number;
  /** Each a kind, or a kind, a blank and an outcome. */
  readonly stops: readonly string[];
  readonly over: readonly string[];
}

/** Cases that nothing has ended, by their last entry, when that is long ago. */
export async function findSilent(
  manager: EntityManager,
  { registryId, today }: Look,
  silences: readonly Silence[],
): Promise<void> {
  await manager.query(
    `with p as materialized (
        select * from json_to_recordset($3::json) as p (code text, begins text, days integer, stops text[], over text[])
      ),
      told as materialized (
        select e.case_code, e.kind, e.outcome, e.org, e.donor_code, e.occurred_on, e.posted_month, e.position
        from entry e where e.case_code is not null and ${STANDS('e')}
      ),
      heard as materialized (
        select p.code, t.case_code, max(t.occurred_on) as day,
          max(t.occurred_on) filter (where t.kind = any(p.stops) or t.kind || ' ' || t.outcome = any(p.stops)) as stopped
        from p cross join told t
        group by p.code, t.case_code, p.days
        having max(t.occurred_on) + p.days <= $2::date and bool_or(t.kind = p.begins) and not bool_or(t.kind = any(p.over))
      ),
      silent as (
        select distinct on (h.code, h.case_code) h.code, h.case_code, h.day, t.org, t.posted_month, t.donor_code, t.kind
        from heard h join told t on t.case_code = h.case_code and t.occurred_on = h.day
        where h.stopped is null or h.stopped < h.day
        order by h.code, h.case_code, t.position desc
      )
      ${FOUND}
      select code, org, to_char(posted_month, 'YYYY-MM'), case_code, day::text, null,
        jsonb_build_object('caseCode', case_code, 'donorCode', donor_code, 'kind', kind)
      from silent`,
    [registryId, today, JSON.stringify(silences)],
  );
}
