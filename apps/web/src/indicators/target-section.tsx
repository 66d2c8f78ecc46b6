import { useQuery } from '@tanstack/react-query';
import { Button, notification, Skeleton } from 'antd';
import { useState } from 'react';
import { targetHistoryQuery } from '../api/targets';
import { Figure, Fraction } from '../figures/figure';
import { withUnit } from '../figures/format';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { sayChange } from './change-words';
import { Light, lightOf } from './light';
import { PaceCell } from './pace-cell';
import { SIGNS } from './signs';
import { SplitDialog } from './split-dialog';
import { SplitTable } from './split-table';
import { TargetDialog } from './target-dialog';
import { TargetHistory } from './target-history';
import type { Row } from './use-rows';

interface TargetSectionProps {
  row: Row;
  over: boolean;
  title: string;
}

/** What is to be reached, whether it will be, what was said before, and who has which part of it. */
export function TargetSection({ row, over, title }: TargetSectionProps) {
  const words = useWords();
  const { t } = words;
  const { period, org, orgs } = useView();
  const { permissions } = useSession();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const [asking, setAsking] = useState<'target' | 'split'>();
  const { key, target, definition } = row;
  const place = { org, period, key };
  const { data: history } = useQuery(targetHistoryQuery(place));
  const may = permissions.includes('assessments.write');
  const below = [...orgs.values()].some(({ parent }) => parent === org);
  const end = (done: string | undefined) => {
    setAsking(undefined);
    if (done !== undefined) toast.success({ title: done });
  };
  return (
    <>
      {toasts}
      <section aria-labelledby="target">
        <div className="section-head">
          <h3 id="target">{t('targetAndForecast')}</h3>
          {may && (
            <Button size="small" onClick={() => setAsking('target')}>
              {t(target ? 'targetChange' : 'targetSet')}
            </Button>
          )}
        </div>
        {target ? (
          <TargetFacts row={row} over={over} />
        ) : (
          <p className="none">{t('targetNone', { period: sayPeriod(period, words) })}</p>
        )}
        {(history?.length ?? 0) > (target ? 1 : 0) && <TargetHistory versions={history ?? []} unit={definition.unit} />}
      </section>
      {target && below && (
        <section aria-labelledby="split">
          <div className="section-head">
            <h3 id="split">{t('splitHint')}</h3>
            {may && (
              <Button size="small" onClick={() => setAsking('split')}>
                {t('split')}
              </Button>
            )}
          </div>
          <SplitTable place={place} definition={definition} />
        </section>
      )}
      {asking === 'target' && <TargetDialog row={row} title={title} close={end} />}
      {asking === 'split' && <SplitDialog row={row} title={title} close={end} />}
    </>
  );
}

/** The target, its pace, its forecast and the forecast's method, in words. */
function TargetFacts({ row: { target, progress, definition }, over }: { row: Row; over: boolean }) {
  const words = useWords();
  const { t, language } = words;
  if (!target) return null;
  if (!progress) return <Skeleton active paragraph={{ rows: 4 }} title={false} />;
  const { pace, forecast, actual, unit } = progress;
  const amount = (text: string) => withUnit(text, unit, words);
  const change = sayChange(actual, words);
  return (
    <dl className="facts">
      <div>
        <dt>{t('factTarget')}</dt>
        <dd>
          {SIGNS[target.operator]} {withUnit(target.value, definition.unit, words)}{' '}
          <Light colour={lightOf(progress, over)} />
        </dd>
      </div>
      <div>
        <dt>{t('factPace')}</dt>
        <dd>
          <PaceCell pace={pace} unit={unit} />
        </dd>
      </div>
      <div>
        <dt>{t('factBefore')}</dt>
        <dd>
          <Figure value={actual.before} title={t('factBefore')} />
          <Fraction value={actual.before} />
          {change !== undefined && <small>{t('changeBy', { change })}</small>}
        </dd>
      </div>
      <div>
        <dt>{t('factForecast')}</dt>
        <dd>
          {'because' in forecast ? (
            forecast.because[language]
          ) : over ? (
            t('forecastOver')
          ) : (
            <>
              {t('forecastTo', { day: forecast.to, mean: amount(forecast.mean) })}
              <small>{t('interval80', { low: amount(forecast.low80), high: amount(forecast.high80) })}</small>
              <small>{t('interval95', { low: amount(forecast.low95), high: amount(forecast.high95) })}</small>
            </>
          )}
        </dd>
      </div>
      {'likelihood' in forecast && (
        <div>
          <dt>{t('factLikelihood')}</dt>
          <dd>
            {over
              ? forecast.likelihood.words[language]
              : t('forecastLikely', {
                  words: forecast.likelihood.words[language],
                  percent: forecast.likelihood.percent,
                })}
          </dd>
        </div>
      )}
      {'likelihood' in forecast && !over && (
        <div>
          <dt>{t('factMethod')}</dt>
          <dd>{forecast.method[language]}</dd>
        </div>
      )}
    </dl>
  );
}
