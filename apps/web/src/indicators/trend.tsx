import { useMemo } from 'react';
import { parsePeriod, periodsWithin, yearBefore } from '../../../../libs/core/period';
import { Chart } from '../chart/chart';
import { Figure } from '../figures/figure';
import { sayPart } from '../figures/period-names';
import { useFigures } from '../figures/use-figures';
import { NumbersTable } from '../figures/numbers-table';
import { useWords } from '../language';
import { monthsOption } from '../overview/months-option';
import { WhenRead } from '../page/card';
import { openFigure, useView } from '../view';
import type { Row } from './use-rows';

/** The months of the year beside those of the year before, drawn and in numbers. */
export function Trend({ definition, title }: { definition: Row['definition']; title: string }) {
  const { key, unit } = definition;
  const words = useWords();
  const { t, language } = words;
  const { period, org } = useView();
  const year = period.slice(0, 4);
  const before = yearBefore(parsePeriod(year)).code;
  const now = useFigures({ period: year, org, by: 'month' }, [key]);
  const then = useFigures({ period: before, org, by: 'month' }, [key]);
  const rows = useMemo(
    () =>
      [
        { year, figures: now },
        { year: before, figures: then },
      ].map((row) => ({
        year: row.year,
        values: periodsWithin(parsePeriod(row.year), 'month').map(({ code }) =>
          row.figures.find(key, { period: code }),
        ),
      })),
    [year, before, now, then, key],
  );
  // A level that hardly moves shows nothing where its axis begins at zero.
  const scale = 'addsUp' in definition && (definition.addsUp === 'stock' || definition.addsUp === 'cumulative');
  const option = useMemo(() => {
    const drawn = monthsOption(rows, unit, words);
    return scale ? { ...drawn, yAxis: { ...drawn.yAxis, scale } } : drawn;
  }, [rows, unit, words, scale]);
  return (
    <section aria-labelledby="trend">
      <h3 id="trend">{t('trend')}</h3>
      <WhenRead of={[now, then]} height={300}>
        {() => (
          <>
            <Chart option={option} height={240} title={t('monthsChart', { title })} onPick={openFigure} />
            <NumbersTable title={t('monthsTable', { title })} className="trend">
              <thead>
                <tr>
                  <th scope="col">{words.unit(unit)}</th>
                  {rows.map((row) => (
                    <th scope="col" key={row.year}>
                      {row.year}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {Array.from({ length: 12 }, (_, month) => (
                  <tr key={month}>
                    <th scope="row">{sayPart(String(month + 1), language)}</th>
                    {rows.map((row) => (
                      <td key={row.year}>
                        <Figure
                          value={row.values[month]}
                          title={`${title} ${row.year}-${month + 1}`}
                          bare
                          size="small"
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </NumbersTable>
          </>
        )}
      </WhenRead>
    </section>
  );
}
