import type { EntityManager } from 'typeorm';

/**
 * What the tallies of a position are made of: those that stand, or none, and the entries between two positions, to be
 * added or taken off. The ledger only grows and a tally adds its entries, so that both ways come to the same.
 */
export interface TallyBasis {
  readonly standing: boolean;
  readonly after: string;
  readonly upTo: string;
  readonly sign: 1 | -1;
  /** The position that the values stand at which are stored today, and the definitions that they were computed by. */
  readonly computed: string;
  readonly definitions: string | null;
}

/** A write may be one entry or ten thousand: so many entries are counted, and only beyond them positions decide. */
const COUNTED = 200_000;

/**
 * The basis that leaves the fewer entries to be read; where more than 200,000 lie on either side of the position, the
 * fewer writes.
 *
 * @param manager in a transaction that sees one moment (REPEATABLE READ): the tallies are read by a later statement
 */
export async function findTallyBasis(
  manager: EntityManager,
  registryId: number,
  position: string,
): Promise<TallyBasis> {
  const [head] = await manager.query(
    'select position as computed, definitions from recompute_head where registry_id = $1',
    [registryId],
  );
  const stored: Pick<TallyBasis, 'computed' | 'definitions'> = head ?? { computed: '0', definitions: null };
  const { computed } = stored;
  const [asked, known] = [BigInt(position), BigInt(computed)];
  if (asked > known) return { standing: true, after: computed, upTo: position, sign: 1, ...stored };
  const [{ before, after }] = await manager.query(
    `select before.entries as before, after.entries as after
      from (
        select count(*)::int as entries
        from (select from entry where registry_id = $1 and position > $2 and position <= $3 limit $4) e
      ) after
      cross join lateral (
        select count(*)::int as entries
        from (select from entry where registry_id = $1 and position <= $2 limit after.entries) e
      ) before`,
    [registryId, position, computed, COUNTED],
  );
  if (before < after || (before === COUNTED && asked * 2n < known)) {
    return { standing: false, after: '0', upTo: position, sign: 1, ...stored };
  }
  return { standing: true, after: position, upTo: computed, sign: -1, ...stored };
}

/**
 * Selects the tallies of a position; of one cell there may be several rows, which add up to it.
 *
 * @param first the number of the first of the four parameters that `basisParameters` gives
 * @param within which cells, of `t` with the columns of a tally
 */
export function talliesAsOf(first: number, within: string): string {
  const [standing, after, upTo, sign] = [0, 1, 2, 3].map((at) => `$${first + at}`);
  return `
    select t.org, t.posted_month, t.kind, t.outcome, t.reason, t.original_month, t.originals, t.reversals, t.quantity
    from monthly_tally t
    where ${standing}::boolean and t.registry_id = $1 and ${within}
    union all
    select t.org, t.posted_month, t.kind, coalesce(t.outcome, ''), coalesce(t.reason, ''), t.original_month,
      ${sign}::int * count(*) filter (where t.reverses is null),
      ${sign}::int * count(*) filter (where t.reverses is not null), ${sign}::int * sum(t.quantity)
    from entry t
    where t.registry_id = $1 and t.position > ${after}::bigint and t.position <= ${upTo}::bigint and ${within}
    group by t.org, t.posted_month, t.kind, coalesce(t.outcome, ''), coalesce(t.reason, ''), t.original_month`;
}

export function basisParameters({ standing, after, upTo, sign }: TallyBasis): unknown[] {
  return [standing, after, upTo, sign];
}
