import type { Count, MetricDefinition } from '../../../../libs/catalogue/metric-definition';
import type { LedgerEntry } from '../api/ledger';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { openFigure, useView } from '../view';

function counts({ kind, outcome, reasons }: Count, entry: LedgerEntry): boolean {
  return (
    kind === entry.kind &&
    (outcome === undefined || outcome === entry.outcome) &&
    (reasons === undefined || reasons.some((reason) => reason === entry.reason))
  );
}

/** The meaning in force in a month. */
function meaningIn(metric: MetricDefinition, month: string): readonly Count[] {
  if (metric.since <= month) return metric.counts;
  const { earlier = [] } = metric;
  return (earlier.filter(({ since }) => since <= month).at(-1) ?? earlier[0] ?? metric).counts;
}

/** The figures that an entry counts in, each of which opens its list. */
export function EntryFigures({ entry }: { entry: LedgerEntry }) {
  const { t, label } = useWords();
  const { catalogue } = useView();
  if (entry.reverses !== null || entry.reversedBy !== null) return <p className="hint">{t('entryCountsNone')}</p>;
  const month = entry.postedMonth;
  const found = catalogue.metrics.filter((metric) => meaningIn(metric, month).some((count) => counts(count, entry)));
  if (found.length === 0) return <p className="hint">{t('entryCountsNowhere')}</p>;
  return (
    <>
      {entry.quantity === '0' && <p className="hint">{t('entryNil')}</p>}
      <ul className="entry-figures">
        {found.map((metric) => (
          <li key={metric.key}>
            <button
              type="button"
              className="plain-link"
              onClick={() => openFigure({ key: metric.key, period: month, org: entry.org })}
            >
              {label(metric.label)}
            </button>{' '}
            <CardLink indicator={metric.key} title={label(metric.label)} />
          </li>
        ))}
      </ul>
    </>
  );
}
