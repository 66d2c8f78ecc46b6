import { DomainError } from '../core/domain-error';
import { checkEntry, type CheckedEntry } from './check-entry';
import { readContent, type EntryContent } from './entry-content';
import type { EntryBounds } from './entry-fields';
import { EntryRefused } from './entry-text';

/** A row of a call: what it states, and what its own check says of it. */
export interface StatedRow {
  readonly row: number;
  readonly id: string | null;
  readonly content?: EntryContent;
  readonly checked?: CheckedEntry;
  readonly problem?: DomainError;
}

/**
 * Everything that can be said of the rows without the ledger: before anybody has to wait for this call.
 *
 * @param within the orgs that the caller may write; all if not given
 */
export function readStated(
  inputs: readonly unknown[],
  bounds: EntryBounds,
  within: ReadonlySet<string> | undefined,
): StatedRow[] {
  return inputs.map((input, row) => {
    let stated: { id: string; content: EntryContent } | undefined;
    try {
      stated = readContent(input);
      const { id, content } = stated;
      // Without its content, so that not even a repeat tells whether it is stored.
      if (within && bounds.orgs.has(content.org) && !within.has(content.org)) {
        return { row, id, problem: outOfReach(content.org) };
      }
      return { row, id, content, checked: checkEntry(input, bounds) };
    } catch (problem) {
      if (!(problem instanceof DomainError)) throw problem;
      return { row, id: stated?.id ?? idOf(input), ...stated, problem };
    }
  });
}

function idOf(input: unknown): string | null {
  const id = (input as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : null;
}

function outOfReach(org: string): EntryRefused {
  return new EntryRefused(
    'org',
    'org_out_of_reach',
    `机构“${org}”不在您的范围内，请由该机构或其上级登记。`,
    `The org "${org}" is not within your reach; it or an org above it has to log this.`,
  );
}
