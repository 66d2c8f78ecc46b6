import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { monthsOf } from './months-of';
import { STAGES } from '../../../../libs/catalogue/stages';
import { dateInShanghai } from '../../../../libs/core/period';
import { go, useAddress } from '../address';
import type { Value } from '../api/answers';
import { valuesQuery } from '../api/queries';
import { changedQuery, type ChangedValues } from '../api/workbench';
import { Figure, Fraction } from '../figures/figure';
import { group } from '../figures/format';
import { CardLink } from '../indicators/card-link';
import { Sparkline } from '../indicators/sparkline';
import { useWords } from '../language';
import { Card } from '../page/card';
import { Failure } from '../page/failure';
import { useView } from '../view';
import { daysAgo } from './days-since';

const DAYS = ['1', '7', '30'] as const;
const SHOWN = 10;
/** What is looked at each day; to find out how all figures stood then would take long. */
const FOREMOST: readonly string[] = [
  'registry.recruited',
  ...STAGES.flatMap(({ requested, succeeded, rate }) => [requested, succeeded, rate]).filter(
    (key) => key !== undefined,
  ),
];

/** Which figures of the year differ from what they were some days ago. */
export function Changed() {
  const { t } = useWords();
  const { status, org } = useView();
  const address = useAddress();
  const year = status.latestYear ?? '';
  const days = DAYS.find((one) => one === address.days) ?? '1';
  // As it stood at the end of the day before the first of them.
  const since = daysAgo(Number(days) + 1);
  const before = status.begunAt === null || since < dateInShanghai(new Date(status.begunAt));
  const { data, error, refetch } = useQuery({
    ...changedQuery({ period: year, org, since, keys: FOREMOST.join(',') }),
    enabled: !before,
  });
  return (
    <Card
      title={t('changedTitle', { year })}
      hint={t('changedHint')}
      actions={
        <Segmented
          aria-label={t('changedFrom')}
          value={days}
          onChange={(to) => go({ days: to === '1' ? undefined : to }, 'replace')}
          options={DAYS.map((value) => ({ value, label: t(`changedDays_${value}`) }))}
        />
      }
    >
      {before ? (
        <p className="none">{t('changedBefore')}</p>
      ) : error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active title={false} paragraph={{ rows: 6 }} />
      ) : data.changed.length === 0 ? (
        <p className="none">{t('changedNothing')}</p>
      ) : (
        <ChangedTable year={year} org={org} changed={data.changed} />
      )}
    </Card>
  );
}

function ChangedTable({ year, org, changed }: { year: string; org: string } & Pick<ChangedValues, 'changed'>) {
  const { t } = useWords();
  const { metrics } = useView();
  const [all, showAll] = useState(false);
  const shown = all ? changed : changed.slice(0, SHOWN);
  const keys = shown.map(({ now }) => now.key);
  const [counts, rates] = [keys.filter((key) => metrics.has(key)), keys.filter((key) => !metrics.has(key))];
  const metricMonths = useQuery({
    ...valuesQuery('metrics', { period: year, org, by: 'month', keys: counts.slice(0, 200).join(',') }),
    enabled: counts.length > 0,
  });
  const rateMonths = useQuery({
    ...valuesQuery('indicators', { period: year, org, by: 'month', keys: rates.slice(0, 200).join(',') }),
    enabled: rates.length > 0,
  });
  const values = [...(metricMonths.data ?? []), ...(rateMonths.data ?? [])];
  return (
    <>
      <div className="scroll">
        <table className="numbers changed">
          <caption className="away">{t('changedTitle', { year })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('changedFigure')}</th>
              <th scope="col">{t('changedThen')}</th>
              <th scope="col">{t('changedNow')}</th>
              <th scope="col">{t('changedBy')}</th>
              <th scope="col" className="changed-months">
                {t('changedMonths')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <ChangedLine key={one.now.key} {...one} months={monthsOf(year, one.now.key, values)} />
            ))}
          </tbody>
        </table>
      </div>
      {changed.length > shown.length && (
        <p className="waiting-more">
          <Button onClick={() => showAll(true)}>{t('changedMore', { count: changed.length })}</Button>
        </p>
      )}
    </>
  );
}

interface ChangedLineProps {
  then: Value;
  now: Value;
  difference: string | null;
  months: readonly (Value | undefined)[];
}

function ChangedLine({ then, now, difference, months }: ChangedLineProps) {
  const words = useWords();
  const { label } = words;
  const { metrics, indicators } = useView();
  const definition = metrics.get(now.key) ?? indicators.get(now.key);
  const title = definition ? label(definition.label) : now.key;
  const sign = difference === null ? null : difference.startsWith('-') || difference === '0' ? '' : '+';
  return (
    <tr>
      <th scope="row">
        {title} <CardLink indicator={now.key} title={title} />
      </th>
      <td className="none">
        <Figure value={then} title={title} plain />
        <Fraction value={then} plain />
      </td>
      <td>
        <Figure value={now} title={title} />
        <Fraction value={now} />
      </td>
      <td>{difference === null ? '—' : `${sign}${group(difference)}`}</td>
      <td className="changed-months">
        <Sparkline values={months} />
      </td>
    </tr>
  );
}
