import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useRef } from 'react';
import { splitQuery, type TargetPlace } from '../api/targets';
import { orgName } from '../entries/entry-words';
import { Amount } from '../figures/amount';
import { SaveTable } from '../figures/save-table';
import { withUnit } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useView } from '../view';
import { SIGNS } from './signs';
import type { Row } from './use-rows';

/** A target beside those of the orgs directly below, and what none of them has. */
export function SplitTable({ place, definition }: { place: TargetPlace; definition: Row['definition'] }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const say = useProblemSentence();
  const table = useRef<HTMLTableElement>(null);
  const { data, error } = useQuery(splitQuery(place));
  if (error && !data) return <p className="none">{say(error)}</p>;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  const { parts, partsTotal, remainder } = data;
  if (parts.length === 0) return <p className="none">{t('splitNone')}</p>;
  const amount = (text: string) => withUnit(text, definition.unit, words);
  return (
    <>
      <table ref={table} className="split">
        <caption className="away">{t('splitHint')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('org')}</th>
            <th scope="col" className="right">
              {t('columnTarget')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ org, operator, value }) => (
            <tr key={org}>
              <th scope="row">{orgName(org, view, words)}</th>
              <td className="right">
                {SIGNS[operator]} <Amount text={value} unit={definition.unit} />
              </td>
            </tr>
          ))}
        </tbody>
        {partsTotal !== null && remainder !== null && <SplitFoot {...{ partsTotal, remainder, amount }} columns={2} />}
      </table>
      <SaveTable title={t('splitHint')} table={table} />
      {'addsUp' in definition && definition.addsUp === 'distinct' && <p className="hint">{t('splitCounted')}</p>}
      {partsTotal === null && <p className="hint">{t('splitAsItIs')}</p>}
    </>
  );
}

interface SplitFootProps {
  partsTotal: string;
  remainder: string;
  amount: (text: string) => string;
  /** How many the table has; the sums stand in its last. */
  columns: number;
}

export function SplitFoot({ partsTotal, remainder, amount, columns }: SplitFootProps) {
  const { t } = useWords();
  const over = remainder.startsWith('-');
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={columns - 1}>
          {t('splitTotal')}
        </th>
        <td className="right">{amount(partsTotal)}</td>
      </tr>
      <tr className={over ? 'due' : undefined}>
        <th scope="row" colSpan={columns - 1}>
          {t(over ? 'splitOver' : 'splitRemainder')}
        </th>
        <td className="right">{amount(over ? remainder.slice(1) : remainder)}</td>
      </tr>
    </tfoot>
  );
}
