import { DomainError } from '../core/domain-error';
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

/** @throws {DomainError} when there is none of that code */
export function requireKind(code: string): KindDefinition {
  const kind = findKind(code);
  if (kind) return kind;
  throw new DomainError(
    'kind_unknown',
    { zh: `没有登记种类“${code}”。`, en: `There is no kind of entry "${code}".` },
    { field: 'kind' },
  );
}
