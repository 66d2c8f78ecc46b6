import { FAMILIES } from './families';
import type { KindCode } from './kind-code';
import type { KindDefinition } from './kind-definition';
import type { YEAR_TOTAL } from './year-total';

/** Every kind of entry, in the order of its family. */
export const KINDS = FAMILIES.flatMap(({ kinds }) => kinds) as readonly (KindDefinition & {
  readonly code: KindCode | typeof YEAR_TOTAL.code;
})[];

const BY_CODE = new Map<string, KindDefinition>(KINDS.map((kind) => [kind.code, kind]));

export function findKind(code: string): KindDefinition | undefined {
  return BY_CODE.get(code);
}
