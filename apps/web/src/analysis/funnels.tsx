import { useQuery } from '@tanstack/react-query';
import { cohortQuery, periodFunnelQuery } from '../api/funnel';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useView } from '../view';
import { CohortTable } from './cohort-table';
import { LossesTable } from './losses-table';
import { PeriodTable } from './period-table';
import { WhenAnswered } from './when-answered';
import { WindowsTable } from './windows-table';

/** What happened in a period beside what came of the requests that began in it. */
export default function Funnels() {
  const words = useWords();
  const { t } = words;
  const { period, org } = useView();
  const said = sayPeriod(period, words);
  const byPeriod = useQuery(periodFunnelQuery({ period, org }));
  const cohort = useQuery(cohortQuery({ period, org }));
  return (
    <>
      <div className="two-funnels">
        <Card title={t('byPeriodTitle', { period: said })} hint={t('byPeriodHint')}>
          <WhenAnswered of={byPeriod} height={340}>
            {({ stages }) => <PeriodTable stages={stages} />}
          </WhenAnswered>
        </Card>
        <Card title={t('cohortTitle', { period: said })} hint={t('cohortHint')}>
          <WhenAnswered of={cohort} height={340}>
            {(answer) => <CohortTable cohort={answer} />}
          </WhenAnswered>
        </Card>
      </div>
      <Card title={t('windowsTitle')} hint={t('windowsHint')}>
        <WhenAnswered of={cohort} height={300}>
          {(answer) =>
            answer.cases === 0 ? <p className="none">{t('cohortNone')}</p> : <WindowsTable cohort={answer} />
          }
        </WhenAnswered>
      </Card>
      <Card title={t('lossesTitle')} hint={t('lossesHint')}>
        <WhenAnswered of={cohort} height={420}>
          {(answer) => <LossesTable cohort={answer} />}
        </WhenAnswered>
      </Card>
    </>
  );
}
