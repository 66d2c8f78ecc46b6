/** The kinds that turns of a pause are made of. */
export const TURN_KINDS = ['RequestHeld', 'RequestResumed'] as const;

const IS_TURN = `(s.kind = 'RequestResumed' or s.kind = 'RequestHeld' and s.outcome = 'patient_side')`;

/** When the patient's side held the case and when it went on, gathered for one case from `s`: donor-side holds are not. */
export const TURNS = `
  array_agg(s.occurred_on order by s.occurred_on, s.position) filter (where ${IS_TURN}) as turn_days,
  array_agg(s.position order by s.occurred_on, s.position) filter (where ${IS_TURN}) as turn_places,
  array_agg(s.kind = 'RequestHeld' order by s.occurred_on, s.position) filter (where ${IS_TURN}) as turn_holds`;

/**
 * The days between two days on which the case was held by the patient's side. A hold lasts until the request is resumed,
 * and a further hold before that adds nothing; one that is not resumed lasts to the end. What is held and resumed in one
 * write and on one day leaves things as they were.
 */
export function pausedDays(since: string, until: string): string {
  return `case when turn_days is null then 0 else (
    select coalesce(sum(greatest(least(coalesce(resumed_on, ${until}), ${until}) - greatest(held_on, ${since}), 0)), 0)::integer
    from (
      select min(day) filter (where holds) as held_on, max(day) filter (where not holds) as resumed_on
      from (
        select day, holds, count(*) filter (where not holds) over (order by day desc, place desc) as episode
        from (
          select day, place, bool_and(holds) as holds
          from unnest(turn_days, turn_places, turn_holds) as t (day, place, holds)
          group by day, place having bool_and(holds) = bool_or(holds)
        ) turn
      ) turned
      group by episode having bool_or(holds)
    ) pause
  ) end`;
}
