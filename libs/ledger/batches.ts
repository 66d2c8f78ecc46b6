import type { EntityManager } from 'typeorm';
import { decimal, plain } from '../core/decimal';
import { nextMonth, type Period } from '../core/period';
import { findBatches, type BatchRow } from './batches.queries';

/** A box of a batch of samples: what was sent of it, what arrived, and how far the two differ. */
export interface BatchDifference extends BatchRow {
  /** Received less sent: below 0 samples are missing, above 0 there are too many. */
  readonly difference: string;
}

/**
 * The batches of a period whose counts do not agree, oldest first: those that one of the orgs sent or received in it.
 * What has not arrived yet differs too, and says so by an empty `receivedBy`.
 */
export async function findBatchDifferences(
  manager: EntityManager,
  registryId: number,
  orgs: Iterable<string>,
  period: Period,
): Promise<BatchDifference[]> {
  const batches = await findBatches(
    manager,
    registryId,
    [...orgs],
    `${period.firstMonth}-01`,
    `${nextMonth(period.lastMonth)}-01`,
  );
  return batches
    .map((batch) => ({ ...batch, difference: plain(decimal(batch.received).minus(batch.sent).toFixed()) }))
    .filter(({ difference }) => difference !== '0');
}
