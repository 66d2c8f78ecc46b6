import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { go, useAddress } from '../address';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { Card, WhenRead } from '../page/card';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { BulletinMenu } from './bulletin-menu';
import { IndicatorDrawer } from './indicator-drawer';
import { lightOf } from './light';
import { RowsTable } from './rows-table';
import { useRows, type Row } from './use-rows';
import '../texts/indicators';

const SHOWN = ['usual', 'warned', 'all'] as const;
type Shown = (typeof SHOWN)[number];
const NAMES = { usual: 'showUsual', warned: 'showWarned', all: 'showAll' } as const;

/** Every figure of an org and period: what it is, what it should be, and where it is going. */
export default function Indicators() {
  const words = useWords();
  const { t, label } = words;
  const { period, org } = useView();
  const { permissions } = useSession();
  const opened = useAddress().indicator;
  const [shown, setShown] = useState<Shown>('usual');
  const [sought, setSought] = useState('');
  const { rows, figures, progress, over } = useRows();
  const text = sought.trim().toLowerCase();
  const fits = ({ definition, group, progress: told }: Row): boolean => {
    const { zh, en } = definition.label;
    if (text) return `${zh} ${en} ${definition.key}`.toLowerCase().includes(text);
    if (shown === 'usual') return group !== 'other';
    const light = told && lightOf(told, over);
    return shown === 'all' || light === 'amber' || light === 'red';
  };
  const found = rows.filter(fits);
  const saidPeriod = sayPeriod(period, words);
  const counted =
    progress?.countedTo &&
    (over
      ? t('periodOver', { period: saidPeriod })
      : t('countedTo', {
          day: progress.countedTo,
          period: saidPeriod,
          elapsed: ((progress.daysPassed * 100) / progress.days).toFixed(0),
        }));
  const row = rows.find(({ key }) => key === opened);
  const maySet = permissions.includes('assessments.write');
  return (
    <>
      <Card
        title={t('indicatorsTitle', { period: saidPeriod })}
        hint={counted ? `${t('indicatorsHint')} ${counted}${t('fullStop')}` : t('indicatorsHint')}
        actions={<BulletinMenu />}
      >
        <div className="indicators-filter">
          <Segmented<Shown>
            aria-label={t('showFigures')}
            value={shown}
            onChange={setShown}
            options={SHOWN.map((value) => ({ value, label: t(NAMES[value]) }))}
          />
          <Input.Search
            aria-label={t('seekIndicator')}
            placeholder={t('seekIndicator')}
            allowClear
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
        </div>
        <WhenRead of={[figures]} height={560}>
          {() => (
            <>
              {!text && shown === 'usual' && !rows.some(({ target }) => target) && (
                <p className="strip indicators-strip">
                  {t(maySet ? 'noTargetsSet' : 'noTargetsYet', { period: saidPeriod })}
                </p>
              )}
              {found.length === 0 ? (
                <p className="none">{t(!text && shown === 'warned' ? 'noWarnings' : 'noIndicatorFound')}</p>
              ) : (
                <RowsTable rows={found} over={over} open={(key) => go({ indicator: key })} />
              )}
            </>
          )}
        </WhenRead>
      </Card>
      {row && !figures.loading && (
        <IndicatorDrawer
          key={`${row.key} ${org} ${period}`}
          title={label(row.definition.label)}
          row={row}
          over={over}
          close={() => go({ indicator: undefined })}
        />
      )}
    </>
  );
}
