import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { MILESTONES } from '../../../../libs/catalogue/milestones';
import { dateInShanghai, parsePeriod } from '../../../../libs/core/period';
import { ageingQuery, type Ageing } from '../api/funnel';
import { Chart } from '../chart/chart';
import { NumbersTable } from '../figures/numbers-table';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useView } from '../view';
import { agesOption } from './ages-option';
import { casesOf } from './case-address';
import { Count } from './count';
import { WhenAnswered } from './when-answered';

/** Who is open on the last day of the period, or today, and for how long. */
export default function AgesView() {
  const { t } = useWords();
  const { period, org } = useView();
  const day = lastDayOf(period);
  const ageing = useQuery(ageingQuery({ org, day }));
  return (
    <Card title={t('agesTitle', { day: ageing.data?.day ?? day ?? t('today') })} hint={t('agesHint')}>
      <WhenAnswered of={ageing} height={420}>
        {(answer) => <Shown ageing={answer} />}
      </WhenAnswered>
    </Card>
  );
}

/** Nothing where the period is not over. */
function lastDayOf(period: string): string | undefined {
  const { lastMonth } = parsePeriod(period);
  const [year = 0, month = 0] = lastMonth.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return last < dateInShanghai(new Date()) ? last : undefined;
}

function Shown({ ageing }: { ageing: Ageing }) {
  const words = useWords();
  const { t, label } = words;
  const { org } = useView();
  const { day, bands, ages } = ageing;
  const option = useMemo(() => agesOption(ageing, { day: ageing.day, org }, words), [ageing, org, words]);
  const rows = MILESTONES.filter(({ key }) => ages.some((one) => one.milestone === key));
  if (rows.length === 0) return <p className="none">{t('agesNone')}</p>;
  const sum = (of: Ageing['ages']) => of.reduce((cases, one) => cases + one.cases, 0);
  const held = ages.reduce((cases, one) => cases + one.held, 0);
  return (
    <div className="ages">
      <Chart option={option} height={rows.length * 34 + 48} title={t('agesChart')} />
      <div>
        <NumbersTable title={t('agesTable')}>
          <thead>
            <tr>
              <th scope="col">{t('agesMilestone')}</th>
              {bands.map((band) => (
                <th scope="col" key={band.key}>
                  {t('bandDays', { band: band.key })}
                </th>
              ))}
              <th scope="col">
                {t('together')}
                <small>{t('unitCases')}</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...rows, undefined].map((row) => {
              const name = row ? label(row.label) : t('together');
              const of = row ? ages.filter((one) => one.milestone === row.key) : ages;
              const list = (band?: string) => casesOf('ages', { org, day, milestone: row?.key, band });
              return (
                <tr key={row?.key ?? 'all'} className={row ? undefined : 'total'}>
                  <th scope="row">{name}</th>
                  {bands.map((band) => (
                    <td key={band.key}>
                      <Count
                        value={sum(of.filter((one) => one.band === band.key))}
                        cases={list(band.key)}
                        title={`${name} ${t('bandDays', { band: band.key })}`}
                      />
                    </td>
                  ))}
                  <td>
                    <Count value={sum(of)} cases={list()} title={name} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </NumbersTable>
        {held > 0 && <p className="hint">{t('agesHeld', { count: held })}</p>}
      </div>
    </div>
  );
}
