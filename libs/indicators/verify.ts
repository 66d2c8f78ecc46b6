import type { DataSource } from 'typeorm';
import { verifyAudit, type ChainCheck } from '../accounts/verify-audit';
import { computedDefinitions } from '../metrics/definitions';
import { allowMemory, compare, insertVerification } from './verify.queries';
import { verifySeals, type SealCheck } from './verify-seals';

/** A stored row that is not what a recount of the entries gives. */
export interface Finding {
  readonly table: 'metric_value' | 'indicator_value' | 'monthly_tally';
  readonly org: string;
  readonly own: boolean;
  readonly period: string;
  readonly key: string;
  /** What the recount gives, by column; null where no row may stand. */
  readonly expected: Readonly<Record<string, string | number | null>> | null;
  /** What stands there; null where there is no row. */
  readonly found: Readonly<Record<string, string | number | null>> | null;
}

export interface Verification {
  readonly registryId: number;
  /** The rows compared. */
  readonly checked: number;
  /** How many of them are missing, too many or wrong. */
  readonly drift: number;
  /** The rows left out because a mark waits that may still change them. */
  readonly waiting: number;
  /** The first 100 of the rows that drifted. */
  readonly findings: readonly Finding[];
  /** The recount of the audit chain at the same moment. */
  readonly audit: ChainCheck;
  /** The recount of the seals. */
  readonly seals: SealCheck;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

const FINDINGS = 100;

/**
 * Recounts every derived row of a registry from its entries alone, by SQL that shares nothing with the way the rows
 * were computed, its audit chain (R22) and its seals (R21), and keeps the outcome. Sees one moment of the ledger;
 * writers and workers go on meanwhile.
 */
export async function verify(dataSource: DataSource, registryId: number): Promise<Verification> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await allowMemory(manager);
    const definitions = await computedDefinitions(manager, registryId);
    const comparison = await compare<Finding>(manager, registryId, definitions, FINDINGS);
    const audit = await verifyAudit(manager, registryId);
    const seals = await verifySeals(manager, registryId);
    const times = await insertVerification(manager, registryId, comparison, audit, seals);
    const { checked, drift, waiting, findings } = comparison;
    return {
      registryId,
      checked: Number(checked),
      drift: Number(drift),
      waiting: Number(waiting),
      findings,
      audit,
      seals,
      ...times,
    };
  });
}
