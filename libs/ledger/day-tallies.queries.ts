import type { EntityManager } from 'typeorm';
import { withoutJoin } from './guard.queries';

/** An entry that stands for several of one day, by which one looks at the day's sheet. */
export interface DayTally {
  readonly id: string;
  readonly kind: string;
  readonly org: string;
  readonly outcome: string | null;
  /** A decimal string. */
  readonly quantity: string;
  readonly recordedBy: string;
}

/** What stands on a day in a subtree of what names no donor, case or sample. */
export async function findDayTallies(
  manager: EntityManager,
  { registryId, org, day }: { readonly registryId: number; readonly org: string; readonly day: string },
): Promise<DayTally[]> {
  return manager.query(
    `select e.id, e.kind, e.org, e.outcome, trim_scale(e.quantity)::text as quantity, w.recorded_by as "recordedBy"
      from entry e
      join ledger_write w on w.registry_id = e.registry_id and w.position = e.position
      where e.registry_id = $1
        and e.org = any(array(select org from org_closure where registry_id = $1 and ancestor = $2))
        and e.posted_month >= date_trunc('month', $3::date) and e.occurred_on = $3::date
        and e.donor_code is null and e.case_code is null and e.sample_code is null and e.kind not like 'Opening%'
        and ${withoutJoin('e')}
      order by e.org, e.kind, e.outcome, e.position, e.id`,
    [registryId, org, day],
  );
}
