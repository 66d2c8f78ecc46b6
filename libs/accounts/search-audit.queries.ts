import type { EntityManager } from 'typeorm';
import type { Act } from './audit';

/** What is looked for; what is not said, is not asked. */
export interface ActSearch {
  readonly actor?: string;
  readonly act?: string;
  readonly thing?: string;
  readonly result?: Act['result'];
  /** Days in Asia/Shanghai, both included. */
  readonly from?: string;
  readonly to?: string;
}

export interface RecordedAct extends Omit<Act, 'registryId'> {
  readonly seq: string;
  readonly at: Date;
  /** In hexadecimal. */
  readonly hash: string;
}

/** Whose acts: those of an org and all below it. Of the registry's own org they are all, also those of no org. */
export interface ActScope {
  readonly registryId: number;
  readonly org: string;
}

/** Acts with a number below `before`, the latest first. */
export async function findActs(
  manager: EntityManager,
  { registryId, org }: ActScope,
  search: ActSearch,
  before: string | null,
  limit: number,
): Promise<RecordedAct[]> {
  return manager.query(
    `select seq, at, actor, act, thing, org, address, result, detail, encode(hash, 'hex') as hash
      from audit_act
      where registry_id = $1 and ($2::bigint is null or seq < $2::bigint) and (
          $3 = (select o.org from org o where o.registry_id = $1 and o.parent is null)
          or org = any (array(select c.org from org_closure c where c.registry_id = $1 and c.ancestor = $3))
        )
        and ($4::text is null or actor = $4) and ($5::text is null or act = $5) and ($6::text is null or thing = $6)
        and ($7::text is null or result = $7)
        and ($8::date is null or at >= $8::date::timestamp at time zone 'Asia/Shanghai')
        and ($9::date is null or at < ($9::date + 1)::timestamp at time zone 'Asia/Shanghai')
      order by seq desc limit $10`,
    [
      registryId,
      before,
      org,
      search.actor ?? null,
      search.act ?? null,
      search.thing ?? null,
      search.result ?? null,
      search.from ?? null,
      search.to ?? null,
      limit,
    ],
  );
}

/** What the last recount of the audit log found. */
export async function findLastChainCheck(
  manager: EntityManager,
  registryId: number,
): Promise<{ finishedAt: Date; checked: number; broken: number; findings: unknown } | undefined> {
  const [last] = await manager.query(
    `select finished_at as "finishedAt", (audit ->> 'checked')::int as checked, (audit ->> 'broken')::int as broken,
        audit -> 'findings' as findings
      from verification where registry_id = $1 and audit is not null order by started_at desc limit 1`,
    [registryId],
  );
  return last;
}
