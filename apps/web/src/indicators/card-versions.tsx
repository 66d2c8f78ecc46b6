import { useQueries } from '@tanstack/react-query';
import { cardComparisonQuery, type Card, type CardComparison, type CardVersion } from '../api/targets';
import { useWords, type Words } from '../language';
import { useView, type View } from '../view';

/** All versions of a definition, each held against the one before it. */
export function CardVersions({ card: { key, versions } }: { card: Card }) {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const comparisons = useQueries({
    queries: versions.slice(1).map(({ version }, at) => cardComparisonQuery(key, versions[at]?.version ?? 0, version)),
  });
  return (
    <table className="target-history">
      <caption>{t('cardVersions')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('columnVersion')}</th>
          <th scope="col">{t('columnHoldsFrom')}</th>
          <th scope="col">{t('cardFormula')}</th>
          <th scope="col">{t('cardDifference')}</th>
        </tr>
      </thead>
      <tbody>
        {versions.map((version, at) => (
          <tr key={version.version}>
            <th scope="row">{version.name}</th>
            <td>{sayHolds(version, words)}</td>
            <td>{label(version.formula)}</td>
            <td>
              {at === 0 ? <span className="none">—</span> : sayDifference(comparisons[at - 1]?.data, view, words)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sayHolds({ since, until }: CardVersion, { t }: Words): string {
  if (since !== null && until !== null) return t('cardBetween', { since, until });
  if (since !== null) return t('cardFrom', { since });
  return until === null ? t('cardAlways') : t('cardUntil', { until });
}

function sayDifference(told: CardComparison | undefined, { metrics }: View, { t, label }: Words): string {
  if (!told) return '…';
  const list = (counts: CardComparison['added']) => counts.map((one) => label(one.label)).join(t('enumeration'));
  const name = (key: string) => {
    const metric = metrics.get(key);
    return metric ? label(metric.label) : key;
  };
  return [
    told.added.length > 0 && t('cardAdded', { list: list(told.added) }),
    told.removed.length > 0 && t('cardRemoved', { list: list(told.removed) }),
    ...told.parts.map(({ part, from, to }) => t(`cardPart_${part}`, { from: name(from), to: name(to) })),
  ]
    .filter(Boolean)
    .join(t('clause'));
}
