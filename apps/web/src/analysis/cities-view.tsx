import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo } from 'react';
import { go, useAddress } from '../address';
import { citiesQuery, type Cities } from '../api/funnel';
import { Chart } from '../chart/chart';
import { sayPeriod } from '../figures/period-names';
import { useNarrow } from '../figures/use-narrow';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useView } from '../view';
import { CityLosses } from './city-losses';
import { CityRates } from './city-rates';
import type { CityScope } from './city-words';
import { ContributionsCard } from './contributions-card';
import { dotsOption } from './dots-option';
import { PairPickers } from './pair-pickers';
import { plotOption } from './plot-option';
import { usePairName } from './times-view';
import { TileMap } from './tile-map';
import { usePair } from './use-pair';
import { WhenAnswered } from './when-answered';

const WINDOWS = ['30', '60', '90', '180', '365', '0'];
const USUAL_WINDOW = '180';

/** Cities side by side, so that few cases do not make one the worst. */
export default function CitiesView() {
  const words = useWords();
  const { t } = words;
  const { period, org } = useView();
  const address = useAddress();
  const pair = usePair('screen_requested', 'screen_agreed');
  const window = WINDOWS.find((one) => one === address.window) ?? USUAL_WINDOW;
  const cities = useQuery(citiesQuery({ period, org, ...pair, window }));
  const name = usePairName()(pair);
  const sayWindow = (days: string) => (days === '0' ? t('withoutWindow') : t('withinDays', { days }));
  return (
    <>
      <Card
        title={t('ratesTitle', { period: sayPeriod(period, words), pair: name, window: sayWindow(window) })}
        hint={t('ratesHint')}
        actions={
          <>
            <PairPickers pair={pair} />
            <Select
              aria-label={t('window')}
              value={window}
              onChange={(to) => go({ window: to === USUAL_WINDOW ? undefined : to }, 'replace')}
              options={WINDOWS.map((days) => ({
                value: days,
                label: sayWindow(days),
              }))}
              className="window-picker"
            />
          </>
        }
      >
        <WhenAnswered of={cities} height={560}>
          {(answer) => <Rates cities={answer} scope={{ period, org, ...pair, window }} />}
        </WhenAnswered>
      </Card>
      <Card title={t('cityLossesTitle')} hint={t('cityLossesHint')}>
        <WhenAnswered of={cities} height={420}>
          {(answer) => <CityLosses cities={answer} scope={{ period, org, ...pair, window }} />}
        </WhenAnswered>
      </Card>
      <ContributionsCard />
    </>
  );
}

function Rates({ cities, scope: { period, org, from, to, window } }: { cities: Cities; scope: CityScope }) {
  const words = useWords();
  const { t } = words;
  const { orgs } = useView();
  const narrow = useNarrow();
  const options = useMemo(() => {
    const scope = { period, org, from, to, window };
    return { dots: dotsOption(cities, scope, orgs, words, narrow), plot: plotOption(cities, scope, orgs, words) };
  }, [cities, period, org, from, to, window, orgs, words, narrow]);
  if (cities.whole.cases === 0) return <p className="none">{t('cohortNone')}</p>;
  return (
    <>
      <div className="city-charts">
        <Chart option={options.dots} height={cities.cities.length * 26 + 64} title={t('dotsChart')} />
        <Chart option={options.plot} height={Math.max(320, cities.cities.length * 26 + 64)} title={t('plotChart')} />
      </div>
      <TileMap cities={cities} scope={{ period, org, from, to, window }} />
      <CityRates cities={cities} scope={{ period, org, from, to, window }} />
    </>
  );
}
