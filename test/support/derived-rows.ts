import type { DataSource } from 'typeorm';

/** Every derived row of a registry as text: what a rebuild has to bring back byte for byte (R17). */
export async function derivedRows(source: DataSource, registryId: number): Promise<string[]> {
  const rows: { row: string }[] = await source.query(
    `select concat_ws(' ', 'metric', org, own, period, key, state, value, version) as row
      from metric_value where registry_id = $1
      union all
      select concat_ws(' ', 'indicator', org, own, period, key, state, coalesce(value::text, '-'),
        coalesce(numerator::text, '-'), denominator, version)
      from indicator_value where registry_id = $1
      union all
      select concat_ws(' ', 'tally', org, posted_month, kind, outcome, reason, original_month, originals, reversals,
        quantity)
      from monthly_tally where registry_id = $1
      order by row`,
    [registryId],
  );
  return rows.map(({ row }) => row);
}

/** The first rows that stand in one list and not in the other. */
export function differencesBetween(before: readonly string[], after: readonly string[]): string[] {
  const [had, has] = [new Set(before), new Set(after)];
  const gone = before.filter((row) => !has.has(row)).map((row) => `- ${row}`);
  const come = after.filter((row) => !had.has(row)).map((row) => `+ ${row}`);
  return [...gone, ...come].slice(0, 20);
}
