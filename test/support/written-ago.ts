import { Client } from 'pg';

/** As if all that stands in a ledger had been written so many days before: a moment to look back to may be of another year. */
export async function writtenAgo(ownerUrl: string, days: number): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('alter table ledger_write disable trigger user');
  await owner.query('update ledger_write set recorded_at = recorded_at - make_interval(days => $1)', [days]);
  await owner.query('alter table ledger_write enable trigger user');
  await owner.end();
}
