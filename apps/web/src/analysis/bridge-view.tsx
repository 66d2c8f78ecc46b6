import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { STAGES, type StageKey } from '../../../../libs/catalogue/stages';
import { go, useAddress } from '../address';
import { bridgeQuery, type Bridge } from '../api/funnel';
import { Chart } from '../chart/chart';
import { sayPeriod } from '../figures/period-names';
import { useNarrow } from '../figures/use-narrow';
import { useWords } from '../language';
import { Card } from '../page/card';
import { Choice } from '../page/choice';
import { openFigure, useView } from '../view';
import { bridgeOption } from './bridge-option';
import { BridgeLosses } from './bridge-losses';
import { BridgeTable } from './bridge-table';
import { WhenAnswered } from './when-answered';

const BRIDGED = STAGES.slice(1).map(({ key }) => key);

/** How a stage's figure follows from those who passed the stage before. */
export default function BridgeView() {
  const words = useWords();
  const { t } = words;
  const { period, org } = useView();
  const address = useAddress();
  const stage = BRIDGED.find((one) => one === address.stage) ?? 'exam';
  const bridge = useQuery(bridgeQuery({ period, org, stage }));
  return (
    <Card
      title={t('bridgeTitle', { period: sayPeriod(period, words), stage: t(`stage_${stage}`) })}
      hint={t('bridgeHint')}
      actions={
        <Choice<StageKey>
          name={t('bridgeStage')}
          value={stage}
          choose={(to) => go({ stage: to }, 'replace')}
          options={BRIDGED.map((one) => ({ value: one, label: t(`stage_${one}`) }))}
        />
      }
    >
      <WhenAnswered of={bridge} height={480}>
        {(answer) => <Shown bridge={answer} />}
      </WhenAnswered>
    </Card>
  );
}

function Shown({ bridge }: { bridge: Bridge }) {
  const words = useWords();
  const { t } = words;
  const { period, org } = useView();
  const narrow = useNarrow();
  const option = useMemo(
    () => bridgeOption(bridge, { period, org }, words, narrow),
    [bridge, period, org, words, narrow],
  );
  const empty = bridge.terms.every(({ entries }) => entries === 0);
  if (empty && bridge.requested === null) return <p className="none">{t('bridgeNone')}</p>;
  const rows = bridge.terms.filter(({ entries }) => entries > 0).length + 1;
  return (
    <>
      <div className="bridge">
        <Chart option={option} height={rows * 40 + 24} title={t('bridgeChart')} onPick={openFigure} />
        <BridgeTable bridge={bridge} />
      </div>
      {bridge.losses.length > 0 && <BridgeLosses bridge={bridge} />}
    </>
  );
}
