import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { importEffectQuery, type ImportEffect } from '../api/imports';
import { kindName, orgName } from '../entries/entry-words';
import { MovedFigures, signed } from '../entries/moved-figures';
import { group } from '../figures/format';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { Card } from '../page/card';
import { Failure } from '../page/failure';
import { useView } from '../view';

const SHOWN = 12;

/** Which months and figures would move, and by how much. */
export function ImportEffectView({ id }: { id: string }) {
  const { t, label } = useWords();
  const { data, error, refetch } = useQuery(importEffectQuery(id));
  return (
    <Card title={t('importEffect')}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton active title={false} paragraph={{ rows: 5 }} />
      ) : (
        data && (
          <div className="import-effect">
            {data.notice && <Alert type="info" showIcon title={label(data.notice)} />}
            <Months months={data.months} />
            {data.figures && <Figures figures={data.figures} />}
          </div>
        )
      )}
    </Card>
  );
}

function Months({ months }: Pick<ImportEffect, 'months'>) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const [all, showAll] = useState(false);
  if (months.length === 0) return null;
  return (
    <section>
      <h3>{t('importEffectMonths')}</h3>
      <table className="numbers">
        <caption className="away">{t('importEffectMonths')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columnKind')}</th>
            <th scope="col">{t('importEffectEntries')}</th>
            <th scope="col">{t('importEffectReversals')}</th>
            <th scope="col">{t('importEffectQuantity')}</th>
          </tr>
        </thead>
        <tbody>
          {months.slice(0, all ? undefined : SHOWN).map((one) => (
            <tr key={`${one.month} ${one.kind}`}>
              <th scope="row">
                {kindName(one.kind, view, words)} <small>{sayPeriod(one.month, words)}</small>
              </th>
              <td>{group(String(one.entries))}</td>
              <td>{group(String(one.reversals))}</td>
              <td>
                {signed(one.quantity)}{' '}
                <span className="unit">{words.unit(view.kinds.get(one.kind)?.unit ?? '', one.quantity)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {months.length > SHOWN && !all && (
        <Button type="link" onClick={() => showAll(true)}>
          {t('importEffectMore', { count: months.length })}
        </Button>
      )}
    </section>
  );
}

function Figures({ figures }: { figures: NonNullable<ImportEffect['figures']> }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const [all, showAll] = useState(false);
  // The whole year first: months and quarters say the same in parts.
  const moved = [...figures.indicators, ...figures.metrics].sort(
    (one, other) => one.period.length - other.period.length || one.period.localeCompare(other.period),
  );
  return (
    <section>
      <h3>{t('importEffectFiguresOf', { org: orgName(figures.org, view, words) })}</h3>
      {!figures.exact && <p className="hint">{t('importEffectInexact')}</p>}
      {moved.length === 0 ? (
        <p className="none">{t('importEffectNothing')}</p>
      ) : (
        <MovedFigures caption={t('importEffectFigures')} moved={moved.slice(0, all ? undefined : SHOWN)} />
      )}
      {moved.length > SHOWN && !all && (
        <Button type="link" onClick={() => showAll(true)}>
          {t('importEffectMore', { count: moved.length })}
        </Button>
      )}
    </section>
  );
}
