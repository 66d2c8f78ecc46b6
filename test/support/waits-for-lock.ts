import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

const WAITING = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

/** Until a transaction of this database waits for another. */
export async function untilSomeoneWaits(source: DataSource): Promise<void> {
  while ((await source.query(WAITING)).length === 0) await pause(5);
}
