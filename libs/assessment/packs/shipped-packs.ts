import type { RulePack } from '../rule-packs';
import { DEFAULT_PACK } from './default-pack';
import { HUNAN_PACK } from './hunan-pack';

/** Every rule pack that comes with the program. */
export const RULE_PACKS: readonly RulePack[] = [DEFAULT_PACK, HUNAN_PACK];

export function findPack(code: string): RulePack | undefined {
  return RULE_PACKS.find((pack) => pack.code === code);
}
