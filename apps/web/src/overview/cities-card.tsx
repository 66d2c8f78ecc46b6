import { useMemo } from 'react';
import { go, useAddress } from '../address';
import type { Org } from '../api/answers';
import { Chart } from '../chart/chart';
import { sayPeriod } from '../figures/period-names';
import { STAGES } from '../../../../libs/catalogue/stages';
import { useNarrow } from '../figures/use-narrow';
import { useFigures } from '../figures/use-figures';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { Card, WhenRead } from '../page/card';
import { openFigure, useView } from '../view';
import type { Place } from './place';
import { CitiesTable } from './cities-table';
import { citiesOption } from './cities-option';
import { MeasurePicker, useMeasure } from './measure-picker';

const COLUMNS = [...STAGES.flatMap(({ rate }) => rate ?? []), 'donation.completed', 'registry.recruited'];

export function CitiesCard() {
  const words = useWords();
  const { t, name } = words;
  const { period, org, orgs } = useView();
  const measure = useMeasure(useAddress().cities, 'rate.screen_agree');
  const children = useMemo(() => [...orgs.values()].filter((one: Org) => one.parent === org), [orgs, org]);
  const keys = COLUMNS.includes(measure.key) ? COLUMNS : [measure.key, ...COLUMNS];
  const figures = useFigures({ period, org, by: 'org' }, keys);
  const places = useMemo<Place[]>(
    () => [
      ...children.map((one) => ({ org: one.org, own: false, name: name(one) })),
      { org, own: true, name: t('ownEntries') },
    ],
    [children, org, name, t],
  );
  const narrow = useNarrow();
  const option = useMemo(
    () => citiesOption(places, figures, measure, words, narrow),
    [places, figures, measure, words, narrow],
  );
  if (children.length === 0) return null;
  return (
    <Card
      title={t('citiesTitle', { count: children.length, period: sayPeriod(period, words) })}
      hint={t('citiesHint')}
      actions={
        <>
          <CardLink indicator={measure.key} title={words.label(measure.label)} />
          <MeasurePicker value={measure.key} change={(cities) => go({ cities }, 'replace')} />
        </>
      }
    >
      <WhenRead of={[figures]} height={520}>
        {() => (
          <div className="cities">
            <Chart
              option={option}
              height={places.length * (narrow ? 26 : 36) + 40}
              title={t('citiesChart', { title: words.label(measure.label) })}
              onPick={openFigure}
            />
            <CitiesTable places={places} figures={figures} keys={keys} chosen={measure.key} />
          </div>
        )}
      </WhenRead>
    </Card>
  );
}
