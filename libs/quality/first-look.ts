import type { DataSource } from 'typeorm';
import { findLastRun } from './findings.queries';
import { runQuality } from './run';

/** Lets the rules look at a registry that they have never looked at, so that nobody waits for the night to see what they find. */
export async function lookFirst(dataSource: DataSource, registryId: number): Promise<void> {
  if ((await findLastRun(dataSource.manager, registryId)) !== null) return;
  await runQuality(dataSource, registryId, { actor: 'system' });
}
