import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
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
  // A date that is being typed is another one on its way: it stands here until it can be looked at, or is left.
  const [typed, setTyped] = useState<string>();
  const closed = months.filter(({ state }) => state === 'closed').map(({ month }) => month);
  const seals = closed
    .sort()
    .reverse()
    .map((month) => ({ value: `seal:${month}`, label: t('asOfSeal', { month }) }));
  const listed = [{ value: NOW, label: t('asOfNow') }, ...seals];
  const min = status.begunAt === null ? undefined : dateInShanghai(new Date(status.begunAt));
  const max = dateInShanghai(new Date());
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
        value={typed ?? day}
        min={min}
        max={max}
        onChange={({ target: { value, validity } }) => {
          setTyped(value);
          if (value !== '' && validity.valid) choose(value);
        }}
        onBlur={({ target: { value, validity } }) => {
          setTyped(undefined);
          if (value === '' && validity.valid && day !== '') choose(NOW);
        }}
      />
    </div>
  );
}
