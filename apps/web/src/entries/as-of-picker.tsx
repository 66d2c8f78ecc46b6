import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { dateInShanghai, isCalendarDate } from '../../../../libs/core/period';
import { go, useAddress } from '../address';
import { monthsQuery } from '../api/months';
import { useWords } from '../language';
import { useView } from '../view';

const NOW = '';

/** The moment that a figure and its list are looked at: now, when a month was closed, or the end of a day. */
export function AsOfPicker() {
  const { t } = useWords();
  const { status } = useView();
  const { asOf = NOW } = useAddress();
  const { data: months = [] } = useQuery(monthsQuery);
  const closed = months.filter(({ state }) => state === 'closed').map(({ month }) => month);
  const seals = closed
    .sort()
    .reverse()
    .map((month) => ({ value: `seal:${month}`, label: t('asOfSeal', { month }) }));
  const listed = [{ value: NOW, label: t('asOfNow') }, ...seals];
  const day = isCalendarDate(asOf) ? asOf : '';
  const other = listed.some(({ value }) => value === asOf)
    ? []
    : [{ value: asOf, label: day ? t('asOfDay', { day }) : asOf }];
  const choose = (moment: string) => go({ asOf: moment || undefined }, 'replace');
  return (
    <div className="as-of" role="group" aria-label={t('asOf')}>
      <span>{t('asOf')}</span>
      <Select
        size="small"
        aria-label={t('asOf')}
        value={asOf}
        onChange={choose}
        options={[...listed, ...other]}
        popupMatchSelectWidth={false}
      />
      <Input
        size="small"
        type="date"
        aria-label={t('asOfWhichDay')}
        value={day}
        min={status.begunAt === null ? undefined : dateInShanghai(new Date(status.begunAt))}
        max={dateInShanghai(new Date())}
        onChange={({ target: { value } }) => choose(value)}
      />
    </div>
  );
}
