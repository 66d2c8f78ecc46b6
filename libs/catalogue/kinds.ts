import { DONOR_KINDS } from './donor-kinds';
import type { KindDefinition } from './kind-definition';
import { REQUEST_KINDS } from './request-kinds';

/** Every kind of entry of the pathway from recruitment to withdrawal, in its order. */
export const KINDS = [...DONOR_KINDS, ...REQUEST_KINDS] as const satisfies readonly KindDefinition[];

export type KindCode = (typeof KINDS)[number]['code'];

const BY_CODE = new Map<string, KindDefinition>(KINDS.map((kind) => [kind.code, kind]));

export function findKind(code: string): KindDefinition | undefined {
  return BY_CODE.get(code);
}
