import type { EntityManager } from 'typeorm';

export interface MonthlyValue {
  readonly key: string;
  readonly month: string;
  readonly value: string;
}

/** What some metrics of an org were in some months, `YYYY-MM`; a month without a row is missing. */
export async function findMonthlyValues(
  manager: EntityManager,
  registryId: number,
  org: string,
  keys: readonly string[],
  months: readonly string[],
): Promise<MonthlyValue[]> {
  return manager.query(
    `select key, period as month, value::text as value from metric_value
      where registry_id = $1 and org = $2 and not own and period = any($3) and key = any($4)
        and state in ('value', 'zero')`,
    [registryId, org, months, keys],
  );
}
