import type { EntityManager } from 'typeorm';
import { ROW_OF_STEP } from './import-plan.queries';

/** Which import; reversals are posted to the first open month where theirs is closed (R4). */
interface Of {
  readonly registryId: number;
  readonly importId: string;
}

export interface MonthEffect {
  /** The month that the entries will be posted to, `YYYY-MM`. */
  readonly month: string;
  readonly kind: string;
  readonly entries: number;
  readonly reversals: number;
  /** Exact: what the month's quantity of that kind moves by. */
  readonly quantity: string;
}

/** Which months and kinds would move, and by how much; counted from what is to be done alone. */
export async function findMonthEffects(
  manager: EntityManager,
  { registryId, importId }: Of,
  atMost: number,
): Promise<MonthEffect[]> {
  return manager.query(
    `with step as (
        select greatest(date_trunc('month', r.occurred_on::timestamp)::date, h.first_open_month) as month, r.kind,
          1 as entries, 0 as reversals, (r.stated ->> 'quantity')::numeric as quantity
        from import_step s
        ${ROW_OF_STEP}
        join registry_head h on h.registry_id = $1
        where s.registry_id = $1 and s.import_id = $2 and s.id is not null and s.problem is null
        union all
        select greatest(e.posted_month, h.first_open_month), e.kind, 0, 1, -e.quantity
        from import_step s
        join entry e on e.registry_id = $1 and e.id = s.reverses
        join registry_head h on h.registry_id = $1
        where s.registry_id = $1 and s.import_id = $2 and s.reverses is not null and s.problem is null
      )
      select to_char(month, 'YYYY-MM') as month, kind, sum(entries)::int as entries, sum(reversals)::int as reversals,
        trim_scale(sum(quantity))::text as quantity
      from step group by 1, 2 order by 1, 2 limit $3`,
    [registryId, importId, atMost],
  );
}
