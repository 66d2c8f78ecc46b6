import type { Act } from './audit';
import type { Principal } from './principal';

/** What a principal has done. */
export function actOf(
  { registryId, name, org, address }: Principal,
  act: string,
  thing: string | null,
  detail: Act['detail'] = null,
): Act {
  return { registryId, actor: name, act, thing, org, address, result: 'done', detail };
}
