import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { rebuild } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { derivedRows, differencesBetween } from './derived-rows';

/** Waits until the workers have taken every mark; throws after two minutes. */
export async function marksTaken(source: DataSource): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const [{ count }] = await source.query('select count(*)::int as count from recompute_mark');
    if (count === 0) return;
    if (Date.now() > deadline) throw new Error(`${count} marks still wait`);
    await pause(100);
  }
}

/** That no value drifted from its entries, and each is what a rebuild makes of them, byte for byte. */
export async function expectSoundValues(source: DataSource, registryId: number): Promise<void> {
  const { drift, waiting, findings } = await verify(source, registryId);
  expect({ drift, waiting, findings }).toEqual({ drift: 0, waiting: 0, findings: [] });
  const before = await derivedRows(source, registryId);
  await rebuild(source, registryId);
  expect(differencesBetween(before, await derivedRows(source, registryId))).toEqual([]);
  expect(before.length).toBeGreaterThan(0);
}
