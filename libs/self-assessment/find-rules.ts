import type { EntityManager } from 'typeorm';
import { findPack, RULE_PACKS } from '../assessment/packs/shipped-packs';
import type { RulePack } from '../assessment/rule-packs';
import { DomainError } from '../core/domain-error';
import { findOfficePack, findOfficePacks, type OfficePackRow } from './rule-packs.queries';

export interface ChosenPack {
  readonly rules: RulePack;
  /** Made by the office. */
  readonly own: boolean;
}

export interface ShownPack extends ChosenPack {
  /** Of the office's own. */
  readonly recordedBy: string | null;
  readonly recordedAt: Date | null;
}

/**
 * A rule pack that comes with the program, or one of the office's.
 *
 * @param version of an office's pack; its last one unless said
 * @throws {DomainError} when there is none
 */
export async function findRules(
  manager: EntityManager,
  registryId: number,
  code: string,
  version: number | null = null,
): Promise<ChosenPack> {
  const shipped = findPack(code);
  if (shipped) return { rules: shipped, own: false };
  const row = await findOfficePack(manager, registryId, code, version);
  if (row) return { rules: rulesOf(row), own: true };
  throw new DomainError(
    'rule_pack_unknown',
    { zh: `没有评分规则“${code}”。`, en: `There is no rule pack "${code}".` },
    { field: 'pack' },
  );
}

/** Those of the program, then every version of the office's own. */
export async function readPacks(manager: EntityManager, registryId: number): Promise<ShownPack[]> {
  const shipped = RULE_PACKS.map((rules) => ({ rules, own: false, recordedBy: null, recordedAt: null }));
  const own = (await findOfficePacks(manager, registryId)).map((row) => {
    return { rules: rulesOf(row), own: true, recordedBy: row.recordedBy, recordedAt: row.recordedAt };
  });
  return [...shipped, ...own];
}

function rulesOf({ content }: OfficePackRow): RulePack {
  return content as RulePack;
}
