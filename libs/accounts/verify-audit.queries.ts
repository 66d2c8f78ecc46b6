import type { EntityManager } from 'typeorm';

export interface ChainRow {
  checked: string;
  head: { seq: string; hash: string };
  pruned: string | null;
  broken: string;
  findings: { seq: string; through: string; problem: string }[];
}

/**
 * Every act's hash reckoned anew from the hash that stands before it, and the numbers beside the head, the checkpoint
 * and the hashes that earlier recounts noted. One statement sees one moment. Shares nothing with the function that
 * writes the chain.
 */
export async function recountChain(
  manager: EntityManager,
  registryId: number,
  known: readonly { seq: string; hash: string }[],
  limit: number,
): Promise<ChainRow> {
  const [row] = await manager.query(
    `with head as (
        select coalesce(max(seq), 0) as seq, coalesce(max(encode(hash, 'hex')), '') as hash
        from audit_head where registry_id = $1
      ),
      checkpoint as (
        select coalesce(max(seq), 0) as seq, coalesce((array_agg(hash order by seq desc))[1], '') as hash
        from audit_checkpoint where registry_id = $1
      ),
      act as (
        select a.seq, a.hash, lag(a.seq, 1, c.seq) over chain as seq_before, lag(a.hash, 1, c.hash) over chain as before,
          concat('[', concat_ws(', ', a.registry_id, a.seq, round(date_part('epoch', date_trunc('second', a.at)))::bigint
              * 1000000 + to_char(a.at, 'US')::bigint,
            to_json(a.actor), to_json(a.act), coalesce(to_json(a.thing), 'null'), coalesce(to_json(a.org), 'null'),
            coalesce(to_json(a.address), 'null'), to_json(a.result), coalesce(a.detail::text, 'null')), ']') as content
        from audit_act a, checkpoint c
        where a.registry_id = $1 and a.seq > c.seq
        window chain as (order by a.seq)
      ),
      judged as (
        select seq, seq_before, case
            when seq > (select seq from head) then 'added'
            when seq <> seq_before + 1 then 'missing'
            when hash <> sha256(before || convert_to(content, 'UTF8')) then 'changed'
          end as problem
        from act
      ),
      noted as (
        select (k ->> 'seq')::bigint as seq, k ->> 'hash' as hash from json_array_elements($2::json) k
        union all
        select (audit ->> 'seq')::bigint, audit ->> 'hash' from verification where registry_id = $1 and audit is not null
        union all
        select seq, hash from head
      ),
      finding as (
        select case problem when 'missing' then seq_before + 1 else seq end as seq,
          case problem when 'missing' then seq - 1 else seq end as through, problem
        from judged where problem is not null
        union all
        select last.seq + 1, n.seq, 'missing'
        from (select max(seq) as seq from noted) n,
          (select greatest((select max(seq) from act), (select seq from checkpoint)) as seq) last
        where n.seq > last.seq
        union all
        select distinct n.seq, n.seq, 'rewritten'
        from noted n join act a on a.seq = n.seq
        where encode(a.hash, 'hex') <> n.hash
          and not exists (select from judged j where j.seq = n.seq and j.problem is not null)
        union all
        select min(a.seq), max(a.seq), 'left over'
        from audit_act a, checkpoint c where a.registry_id = $1 and a.seq <= c.seq having count(*) > 0
      )
      select (select count(*) from act) as checked, (select to_json(h) from (select seq::text, hash from head) h) as head,
        (select nullif(seq, 0) from checkpoint) as pruned, (select count(*) from finding) as broken,
        array(select to_json(f) from (
          select seq::text, through::text, problem from finding order by finding.seq, finding.problem limit $3
        ) f) as findings`,
    [registryId, JSON.stringify(known), limit],
  );
  return row;
}
