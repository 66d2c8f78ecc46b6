import type { EntityManager } from 'typeorm';
import { WAITING, waitingParameters, type WaitMove, type WaitStep } from '../ledger/worklists.queries';
import { places, type CaseScope } from './case-scope.queries';

/** How many of those who wait in a list have passed its norm. */
export interface LatenessRow {
  readonly org: string;
  readonly own: boolean;
  /** Of the list. */
  readonly key: string;
  readonly waiting: number;
  readonly late: number;
  /** Those on hold among them: they are never late. */
  readonly onTime: number;
  readonly held: number;
  /** Percent of those who wait, with one decimal. */
  readonly shareLate: string;
}

/** Who waits is what the worklists say; where nobody waits there is no row. */
export async function findLateness(
  manager: EntityManager,
  { own, byOrg, ...scope }: CaseScope & { readonly today: string },
  norms: { readonly moves: readonly WaitMove[]; readonly steps: readonly WaitStep[] },
): Promise<LatenessRow[]> {
  return manager.query(
    `with ${WAITING}, ${places('$6', '$7', 'null')},
      counted as (
        select p.org, p.own, w.key, count(*)::integer as waiting,
          count(*) filter (where w.due_on < $3::date and not w.held)::integer as late,
          count(*) filter (where w.held)::integer as held
        from waiting w join place p on p.member = w.org
        where w.opened_on < $3::date
        group by p.org, p.own, w.key
      )
      select org, own, key, waiting, late, waiting - late as "onTime", held,
        round(100 * late::numeric / waiting, 1)::text as "shareLate"
      from counted
      order by own desc, org, key`,
    [...waitingParameters(scope, norms.moves, norms.steps), own, byOrg],
  );
}
