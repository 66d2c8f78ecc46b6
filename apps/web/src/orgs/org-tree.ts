import type { Org } from '../api/answers';

export interface Branch {
  readonly org: Org;
  /** How many stand above it. */
  readonly depth: number;
}

/** The orgs in the order of their tree, each below its parent. */
export function inOrder(orgs: ReadonlyMap<string, Org>): Branch[] {
  const below = new Map<string | null, Org[]>();
  for (const org of orgs.values()) below.set(org.parent, [...(below.get(org.parent) ?? []), org]);
  const branches = (parent: string | null, depth: number): Branch[] =>
    (below.get(parent) ?? []).flatMap((org) => [{ org, depth }, ...branches(org.org, depth + 1)]);
  return branches(null, 0);
}
