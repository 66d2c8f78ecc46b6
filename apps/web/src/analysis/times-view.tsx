import { useQueries, useQuery } from '@tanstack/react-query';
import { MILESTONES, type MilestoneKey } from '../../../../libs/catalogue/milestones';
import { go } from '../address';
import { timesQuery } from '../api/funnel';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useView } from '../view';
import { PairPickers } from './pair-pickers';
import { TimesRow, TimesTable } from './times-table';
import { usePair, type Pair } from './use-pair';
import { WhenAnswered } from './when-answered';

const USUAL: readonly { from: MilestoneKey; to: MilestoneKey }[] = [
  { from: 'screen_requested', to: 'screen_agreed' },
  { from: 'remobilise_requested', to: 'remobilise_agreed' },
  { from: 'hr_requested', to: 'hr_agreed' },
  { from: 'hr_agreed', to: 'exam_started' },
  { from: 'exam_started', to: 'exam_fit' },
  { from: 'exam_fit', to: 'donated' },
  { from: 'screen_requested', to: 'donated' },
];

/** How many days it took from one point of the way to another. */
export default function TimesView() {
  const words = useWords();
  const { t } = words;
  const { period, org } = useView();
  const pair = usePair('screen_requested', 'screen_agreed');
  const usual = useQueries({ queries: USUAL.map((one) => timesQuery({ period, org, ...one })) });
  const said = sayPeriod(period, words);
  const name = usePairName();
  return (
    <>
      <Card title={t('timesTitle', { period: said })} hint={t('timesHint')}>
        <TimesTable
          caption={t('timesTitle', { period: said })}
          of={t('timesPair')}
          waiting={usual.some(({ isPending }) => isPending)}
        >
          {USUAL.map((one, index) => {
            const answer = usual[index];
            return (
              <TimesRow
                key={`${one.from} ${one.to}`}
                pair={one}
                where={{ period, org }}
                figure={answer?.data?.times[0]}
                failed={answer?.error !== null && answer?.data === undefined}
                name={name(one)}
                choose={() => go({ from: one.from, to: one.to }, 'replace')}
                chosen={one.from === pair.from && one.to === pair.to}
              />
            );
          })}
        </TimesTable>
      </Card>
      <Card title={name(pair)} hint={t('timesOneHint')} actions={<PairPickers pair={pair} />}>
        <OnePair pair={pair} by="org" />
        {period.length === 4 && <OnePair pair={pair} by="month" />}
      </Card>
    </>
  );
}

export function usePairName(): (pair: Pair) => string {
  const { label } = useWords();
  const said = (key: string) => {
    const found = MILESTONES.find((one) => one.key === key);
    return found ? label(found.label) : key;
  };
  return ({ from, to }) => `${said(from)} → ${said(to)}`;
}

/** By the orgs below, or by month. */
function OnePair({ pair, by }: { pair: Pair; by: 'org' | 'month' }) {
  const { t, name } = useWords();
  const { period, org, orgs } = useView();
  const answer = useQuery(timesQuery({ period, org, ...pair, by }));
  return (
    <WhenAnswered of={answer} height={320}>
      {({ times }) =>
        times.length === 0 ? (
          <p className="none">{t('timesNone')}</p>
        ) : (
          <TimesTable
            caption={t(by === 'org' ? 'timesByOrg' : 'timesByMonth')}
            of={t(by === 'org' ? 'org' : 'columnMonth')}
            open={by === 'org'}
            seen
          >
            {times.map((one) => {
              const found = orgs.get(one.org);
              const place = one.own ? t('ownEntries') : found ? name(found) : one.org;
              return (
                <TimesRow
                  key={`${one.org} ${one.own} ${one.month}`}
                  pair={pair}
                  where={{ period: one.month ?? period, org: one.org, own: one.own ? 'true' : undefined }}
                  figure={one}
                  name={one.month ?? place}
                  open={by === 'org'}
                />
              );
            })}
          </TimesTable>
        )
      }
    </WhenAnswered>
  );
}
