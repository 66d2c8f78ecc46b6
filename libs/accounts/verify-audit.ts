import type { EntityManager } from 'typeorm';
import { recountChain } from './verify-audit.queries';

/** Where the chain does not hold, by the number of the act. */
export interface ChainFinding {
  readonly seq: number;
  /** The last act of the finding; `seq` itself when it is about one. */
  readonly through: number;
  /**
   * `changed`: this act, or the hash of the one before it. `missing`: acts that were there. `added`: not written by the
   * function that keeps the chain. `rewritten`: another hash was noted here before. `left over`: of a pruned part.
   */
  readonly problem: 'changed' | 'missing' | 'added' | 'rewritten' | 'left over';
}

/** A point of the chain that somebody has noted elsewhere. */
export interface ChainPoint {
  readonly seq: string;
  /** In hexadecimal. */
  readonly hash: string;
}

export interface ChainCheck extends ChainPoint {
  readonly registryId: number;
  /** The acts recounted. */
  readonly checked: number;
  /** The last act that was pruned, if any: the chain begins after it. */
  readonly pruned: number | null;
  readonly broken: number;
  /** The first 100 of them. */
  readonly findings: readonly ChainFinding[];
}

const FINDINGS = 100;

/**
 * Recounts a registry's audit chain (R22) and compares it with its head, with the checkpoint of what was pruned, and
 * with every point that an earlier recount, or the caller, has noted: a chain rewritten as a whole is found by those.
 */
export async function verifyAudit(
  manager: EntityManager,
  registryId: number,
  known: readonly ChainPoint[] = [],
): Promise<ChainCheck> {
  const { head, checked, pruned, broken, findings } = await recountChain(manager, registryId, known, FINDINGS);
  return {
    registryId,
    ...head,
    checked: Number(checked),
    pruned: pruned === null ? null : Number(pruned),
    broken: Number(broken),
    findings: findings.map(({ seq, through, problem }) => ({
      seq: Number(seq),
      through: Number(through),
      problem: problem as ChainFinding['problem'],
    })),
  };
}
