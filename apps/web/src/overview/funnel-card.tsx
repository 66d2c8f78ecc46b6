import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { Chart } from '../chart/chart';
import { sayPeriod } from '../figures/period-names';
import { useNarrow } from '../figures/use-narrow';
import { useWords } from '../language';
import { Card, WhenRead } from '../page/card';
import { openFigure, useView } from '../view';
import { countsOption, ratesOption } from './funnel-option';
import { StageTable } from './stage-table';
import type { OverviewFigures } from './tiles';

type Shown = 'counts' | 'rates';

export function FunnelCard({ now, then, targets }: OverviewFigures) {
  const words = useWords();
  const { t } = words;
  const { period } = useView();
  const narrow = useNarrow();
  const [shown, setShown] = useState<Shown>('counts');
  const option = useMemo(
    () =>
      shown === 'counts' ? countsOption(now, then, words, narrow) : ratesOption(now, then, targets, words, narrow),
    [shown, now, then, targets, words, narrow],
  );
  return (
    <Card
      title={t('funnelTitle', { period: sayPeriod(period, words) })}
      hint={t('funnelHint')}
      actions={
        <Segmented<Shown>
          value={shown}
          onChange={setShown}
          aria-label={t('shown')}
          options={[
            { value: 'counts', label: t('counts') },
            { value: 'rates', label: t('rates') },
          ]}
        />
      }
    >
      <WhenRead of={[now, then]} height={420}>
        {() => (
          <div className="funnel">
            <Chart option={option} height={400} title={t('funnelChart')} onPick={openFigure} />
            <StageTable now={now} then={then} targets={targets} />
          </div>
        )}
      </WhenRead>
    </Card>
  );
}
