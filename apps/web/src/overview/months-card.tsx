import { useMemo } from 'react';
import { parsePeriod, periodsWithin, yearBefore } from '../../../../libs/core/period';
import { go, useAddress } from '../address';
import { Chart } from '../chart/chart';
import { Figure } from '../figures/figure';
import { sayPart } from '../figures/period-names';
import { useFigures } from '../figures/use-figures';
import { NumbersTable } from '../figures/numbers-table';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { Card, WhenRead } from '../page/card';
import { openFigure, useView } from '../view';
import { MeasurePicker, useMeasure } from './measure-picker';
import { monthsOption } from './months-option';

export function MonthsCard() {
  const words = useWords();
  const { t, label } = words;
  const { period, org } = useView();
  const measure = useMeasure(useAddress().months, 'match.screen_requested');
  const year = parsePeriod(period.slice(0, 4));
  const before = yearBefore(year);
  const now = useFigures({ period: year.code, org, by: 'month' }, [measure.key]);
  const then = useFigures({ period: before.code, org, by: 'month' }, [measure.key]);
  const rows = useMemo(
    () =>
      [
        { year, figures: now },
        { year: before, figures: then },
      ].map((row) => ({
        year: row.year.code,
        values: periodsWithin(row.year, 'month').map((month) => row.figures.find(measure.key, { period: month.code })),
      })),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the years follow from the period
    [now, then, measure.key, period],
  );
  const option = useMemo(() => monthsOption(rows, measure.unit, words), [rows, measure.unit, words]);
  const title = label(measure.label);
  const cumulative = 'addsUp' in measure && measure.addsUp !== 'sum';
  return (
    <Card
      title={t('monthsTitle', { year: year.code })}
      hint={cumulative ? t(`addsUp_${measure.addsUp}`) : undefined}
      actions={
        <>
          <CardLink indicator={measure.key} title={title} />
          <MeasurePicker value={measure.key} change={(months) => go({ months }, 'replace')} />
        </>
      }
    >
      <WhenRead of={[now, then]} height={380}>
        {() => (
          <>
            <Chart option={option} height={300} title={t('monthsChart', { title })} onPick={openFigure} />
            <NumbersTable title={t('monthsTable', { title })} className="month-figures">
              <thead>
                <tr>
                  <th scope="col">{words.unit(measure.unit)}</th>
                  {periodsWithin(year, 'month').map(({ code }) => (
                    <th scope="col" key={code} className={code === period ? 'chosen' : undefined}>
                      {sayPart(code.slice(5), words.language)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.year}>
                    <th scope="row">{row.year}</th>
                    {row.values.map((value, month) => (
                      <td key={month}>
                        <Figure value={value} title={`${title} ${row.year}-${month + 1}`} bare size="small" />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </NumbersTable>
          </>
        )}
      </WhenRead>
    </Card>
  );
}
