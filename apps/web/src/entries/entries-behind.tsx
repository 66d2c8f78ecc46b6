import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import type { BehindEntry } from '../api/answers';
import { entriesBehindQuery, type FigureAddress, type Part } from '../api/queries';
import { Figure, Fraction } from '../figures/figure';
import { group, sayInstant } from '../figures/format';
import { useNarrow } from '../figures/use-narrow';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { AddsUp } from './adds-up';
import { AsOfPicker } from './as-of-picker';
import { EntryList } from './entry-list';
import { sayFormula } from './formula';
import { ReversalDialog } from './reversal-dialog';

interface EntriesBehindProps {
  figure: FigureAddress;
  /** Of a rate, the part whose entries are listed. */
  part: Part | undefined;
  /** A moment of the past; now unless said. */
  asOf: string | undefined;
  choose: (part: Part) => void;
}

export function EntriesBehind({ figure, part, asOf, choose }: EntriesBehindProps) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const mayLog = useSession().permissions.includes('entries.write') && asOf === undefined;
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    entriesBehindQuery(figure, part, asOf),
  );
  const [reversing, setReversing] = useState<BehindEntry | null>(null);
  const [reversed, setReversed] = useState(false);
  const narrow = useNarrow();
  const rate = view.indicators.get(figure.key);
  const first = data?.pages[0];
  // With a number and no entry, others of the kind stand: the figure is a reported 0.
  const told = first !== undefined && (part ? first.figure[part] : first.figure.value) !== null;
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="behind">
      <div className="behind-head">
        <div className="behind-figure" aria-live="polite">
          {first ? <Figure value={first.figure} title="" plain /> : <Skeleton.Button active />}
          {first && <Fraction value={first.figure} plain />}
        </div>
        <p>{sayFormula(figure.key, view, words)}</p>
        {rate && (
          <>
            <Segmented<Part>
              value={part ?? 'numerator'}
              onChange={choose}
              aria-label={t('partOfRate')}
              orientation={narrow ? 'vertical' : 'horizontal'}
              options={(['numerator', 'denominator'] as const).map((one) => {
                const metric = view.metrics.get(rate[one]);
                const count = first?.figure[one];
                return {
                  value: one,
                  label: `${t(one)} · ${metric ? words.label(metric.label) : rate[one]}${count ? ` ${group(count)}` : ''}`,
                };
              })}
            />
            <p className="hint">{sayFormula(rate[part ?? 'numerator'], view, words)}</p>
          </>
        )}
        {first && <AddsUp answer={first} part={part} />}
        <AsOfPicker />
        {first?.asOf.recordedAt && asOf !== undefined && (
          <p className="hint">
            {t('asOfTold', { position: first.asOf.position, at: sayInstant(first.asOf.recordedAt) })}
          </p>
        )}
        {reversed && asOf === undefined && (
          <p className="done" role="status">
            {t('reversedDone')}
          </p>
        )}
      </div>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton active className="behind-wait" paragraph={{ rows: 10 }} />
      ) : entries.length === 0 ? (
        <div className="notice">
          <p>{t(told ? 'zeroEntries' : 'noEntries')}</p>
          {!told && mayLog && <Button onClick={view.log}>{t('logEntry')}</Button>}
        </div>
      ) : (
        <EntryList entries={entries} org={figure.org} reverse={mayLog ? setReversing : undefined} />
      )}
      {entries.length > 0 && first?.total && (
        <div className="behind-foot">
          <span>{t('shownOf', { shown: group(String(entries.length)), all: group(String(first.total.entries)) })}</span>
          {hasNextPage && (
            <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
              {t('more')}
            </Button>
          )}
        </div>
      )}
      {reversing && (
        <ReversalDialog
          entry={reversing}
          close={(done) => {
            setReversing(null);
            if (done) setReversed(true);
          }}
        />
      )}
    </div>
  );
}
