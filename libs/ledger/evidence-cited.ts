import type { EntityManager } from 'typeorm';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import { findEvidenceOrgs } from './evidence.queries';

/** An entry that may cite evidence, and the orgs whose files its writer may see; all if not given. */
export interface Citing {
  readonly entry: Pick<CheckedEntry, 'kind' | 'attributes'>;
  readonly within: { has(org: string): boolean } | undefined;
}

/**
 * What is wrong with the evidence of entries, by their key: each code must be that of a file which the writer may see.
 * Asks the database once, and not at all where none is cited.
 */
export async function findUnknownEvidence<Key>(
  manager: EntityManager,
  registryId: number,
  entries: ReadonlyMap<Key, Citing>,
): Promise<Map<Key, EntryRefused>> {
  const cited = [...entries].flatMap(([key, { entry, within }]) =>
    citationsOf(entry).map((citation) => ({ key, within, ...citation })),
  );
  if (cited.length === 0) return new Map();
  const codes = [...new Set(cited.map(({ code }) => code))];
  const orgs = new Map((await findEvidenceOrgs(manager, registryId, codes)).map(({ code, org }) => [code, org]));
  return new Map(
    cited.flatMap(({ key, within, attribute, code }) => {
      const org = orgs.get(code);
      return org !== undefined && (within?.has(org) ?? true) ? [] : [[key, unknown(attribute, code)] as const];
    }),
  );
}

function citationsOf({ kind, attributes }: Citing['entry']): { attribute: string; code: string }[] {
  if (attributes === null) return [];
  return (kind.attributes ?? []).flatMap(({ type, code: attribute }) => {
    const code = type === 'evidence' ? attributes[attribute] : undefined;
    return code === undefined ? [] : [{ attribute, code }];
  });
}

function unknown(attribute: string, code: string): EntryRefused {
  return new EntryRefused(
    `attributes.${attribute}`,
    'evidence_missing',
    `没有编号为“${code}”的佐证文件，或它不在您的范围内。请先上传文件，再填写上传后得到的编号；没有文件就留空。`,
    `There is no file of evidence "${code}" within your reach. Upload the file first and give the code that it gets; leave this empty if there is none.`,
  );
}
