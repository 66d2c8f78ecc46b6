import { CONVERSION_WINDOWS } from '../../../../libs/catalogue/stages';
import type { Cohort } from '../api/funnel';
import { useWords } from '../language';
import { useView } from '../view';
import { casesOf } from './case-address';
import { Count, Rate } from './count';
import { NumbersTable } from '../figures/numbers-table';

/** Of the cohort's requests that are old enough, how many passed each stage in time; the young ones apart. */
export function WindowsTable({ cohort }: { cohort: Cohort }) {
  const { t } = useWords();
  const { period, org } = useView();
  return (
    <NumbersTable title={t('windowsTitle')}>
      <thead>
        <tr>
          <th scope="col">{t('stage')}</th>
          {CONVERSION_WINDOWS.map((days) => (
            <th scope="col" key={days}>
              {t('withinDays', { days })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cohort.stages.map(({ stage, windows }) => (
          <tr key={stage}>
            <th scope="row">{t('passedStage', { stage: t(`stage_${stage}`) })}</th>
            {windows.map(({ days, value, numerator, denominator, censored }) => {
              const list = (part: string) => casesOf('funnel', { period, org, stage, part, days });
              const title = `${t(`stage_${stage}`)} ${t('withinDays', { days })}`;
              return (
                <td key={days}>
                  <Rate
                    value={value}
                    numerator={numerator}
                    denominator={denominator}
                    numeratorCases={list('within')}
                    denominatorCases={list('complete')}
                    title={title}
                  />
                  {censored > 0 && (
                    <small>
                      {t('part_censored')}{' '}
                      <Count value={censored} cases={list('censored')} title={`${title} ${t('part_censored')}`} />
                    </small>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </NumbersTable>
  );
}
