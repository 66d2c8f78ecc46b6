import { DomainError } from '../core/domain-error';
import type { Card, CardVersion } from './card';
import type { Label } from './label';

/** What one version of a figure says otherwise than another. */
export interface CardComparison {
  readonly key: string;
  readonly from: CardVersion;
  readonly to: CardVersion;
  /** Counted since, and not before; with what each unit counts for. */
  readonly added: readonly { readonly label: Label; readonly times: string }[];
  readonly removed: readonly { readonly label: Label; readonly times: string }[];
  /** Of a rate: the keys of the parts that are others, before and after. */
  readonly parts: readonly { readonly part: 'numerator' | 'denominator'; readonly from: string; readonly to: string }[];
}

/**
 * @param versions two numbers of versions, apart by a comma
 * @throws {DomainError} when the card has no such versions
 */
export function compareVersions(card: Card, versions: string): CardComparison {
  const [from, to] = versions.split(',').map((asked) => {
    return card.versions.find(({ version, name }) => asked.trim() === String(version) || asked.trim() === name);
  });
  if (!from || !to || versions.split(',').length !== 2) {
    const names = card.versions.map(({ name }) => name).join('、');
    throw new DomainError(
      'version_unknown',
      {
        zh: `请写两个要比较的版本，如 1,1.2；这个指标有版本：${names}。`,
        en: `Name two versions to compare, as 1,1.2; there are: ${names}.`,
      },
      { field: 'compare' },
    );
  }
  const beyond = (one: CardVersion, other: CardVersion) =>
    one.counts
      .filter((count) => !other.counts.some((each) => each.label.zh === count.label.zh && each.times === count.times))
      .map(({ label, times }) => ({ label, times }));
  return {
    key: card.key,
    from,
    to,
    added: beyond(to, from),
    removed: beyond(from, to),
    parts: (['numerator', 'denominator'] as const).flatMap((part) => {
      const [before, after] = [from.parts?.[part], to.parts?.[part]];
      return before && after && before !== after ? [{ part, from: before, to: after }] : [];
    }),
  };
}
