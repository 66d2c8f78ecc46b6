import type { RulePack } from '../rule-packs';
import { DEFAULT_PACK } from './default-pack';
import { HUBEI_PACK } from './hubei-pack';
import { HUNAN_PACK } from './hunan-pack';
import { JIANGSU_PACK } from './jiangsu-pack';
import { SICHUAN_PACK } from './sichuan-pack';
import { SUZHOU_PACK } from './suzhou-pack';

/** Every rule pack that comes with the program. */
export const RULE_PACKS: readonly RulePack[] = [
  DEFAULT_PACK,
  HUNAN_PACK,
  JIANGSU_PACK,
  SUZHOU_PACK,
  HUBEI_PACK,
  SICHUAN_PACK,
];

export function findPack(code: string): RulePack | undefined {
  return RULE_PACKS.find((pack) => pack.code === code);
}
