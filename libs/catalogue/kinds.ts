import type { BLOOD_KINDS } from './blood-kinds';
import type { DONOR_KINDS } from './donor-kinds';
import { FAMILIES } from './families';
import type { KindDefinition } from './kind-definition';
import type { MEDIA_KINDS } from './media-kinds';
import type { OPENING_KINDS } from './opening-kinds';
import type { PAYMENT_KINDS } from './payment-kinds';
import type { REQUEST_KINDS } from './request-kinds';
import type { SAMPLE_KINDS } from './sample-kinds';
import type { COUNTED_THINGS, REPORTED_VALUES } from './things';

type Spelled =
  | typeof OPENING_KINDS
  | typeof SAMPLE_KINDS
  | typeof DONOR_KINDS
  | typeof REQUEST_KINDS
  | typeof BLOOD_KINDS
  | typeof MEDIA_KINDS
  | typeof PAYMENT_KINDS;

export type KindCode =
  Spelled[number]['code'] | (typeof COUNTED_THINGS)[number]['kind'] | (typeof REPORTED_VALUES)[number]['kind'];

/** Every kind of entry, in the order of its family. */
export const KINDS = FAMILIES.flatMap(({ kinds }) => kinds) as readonly (KindDefinition & {
  readonly code: KindCode;
})[];

const BY_CODE = new Map<string, KindDefinition>(KINDS.map((kind) => [kind.code, kind]));

export function findKind(code: string): KindDefinition | undefined {
  return BY_CODE.get(code);
}
