import { useMemo } from 'react';
import type { Cohort, CohortStage } from '../api/funnel';
import { Chart } from '../chart/chart';
import { useWords } from '../language';
import { useView } from '../view';
import { casesOf } from './case-address';
import { cohortOption, lostOf } from './cohort-option';
import { Count, Rate } from './count';
import { NumbersTable } from '../figures/numbers-table';

/** Where the requests of a cohort are now. Who reached a stage passed it, is still in it, or was lost in it. */
export function CohortTable({ cohort }: { cohort: Cohort }) {
  const words = useWords();
  const { t } = words;
  const { period, org } = useView();
  const option = useMemo(() => cohortOption(cohort.stages, { period, org }, words), [cohort, period, org, words]);
  if (cohort.cases === 0) return <p className="none">{t('cohortNone')}</p>;
  const count = ({ stage }: CohortStage, value: number, part: string, title: string, more = {}) => (
    <Count
      value={value}
      cases={casesOf('funnel', { period, org, stage, part, ...more })}
      title={`${t(`stage_${stage}`)} ${title}`}
    />
  );
  const listOf = (stage: string, part: string) => casesOf('funnel', { period, org, stage, part });
  return (
    <>
      <Chart option={option} height={200} title={t('cohortChart')} />
      <NumbersTable title={t('cohortTable')}>
        <thead>
          <tr>
            <th scope="col">{t('stage')}</th>
            <th scope="col">
              {t('part_reached')}
              <small>{t('unitCases')}</small>
            </th>
            <th scope="col">{t('part_passed')}</th>
            <th scope="col">{t('part_open')}</th>
            <th scope="col">{t('side_donor')}</th>
            <th scope="col">{t('side_patient')}</th>
            <th scope="col">{t('successRate')}</th>
            <th scope="col">{t('fromBefore')}</th>
          </tr>
        </thead>
        <tbody>
          {cohort.stages.map((one, index) => {
            const { stage, reached, passed, open, waiting, success, fromBefore } = one;
            const before = cohort.stages[index - 1]?.stage;
            return (
              <tr key={stage}>
                <th scope="row">{t(`stage_${stage}`)}</th>
                <td>{count(one, reached, 'reached', t('part_reached'))}</td>
                <td>
                  {count(one, passed, 'passed', t('part_passed'))}
                  {waiting > 0 && (
                    <small>
                      {t('part_waiting')} {count(one, waiting, 'waiting', t('part_waiting'))}
                    </small>
                  )}
                </td>
                <td>{count(one, open, 'open', t('part_open'))}</td>
                {(['donor', 'patient'] as const).map((side) => (
                  <td key={side}>
                    {count(one, lostOf(one, side, false), 'lost', `${t(`side_${side}`)} ${t('part_lost')}`, { side })}
                    {lostOf(one, side, true) > 0 && (
                      <small>
                        {t('part_lostAfter')}{' '}
                        {count(
                          one,
                          lostOf(one, side, true),
                          'lostAfter',
                          `${t(`side_${side}`)} ${t('part_lostAfter')}`,
                          {
                            side,
                          },
                        )}
                      </small>
                    )}
                  </td>
                ))}
                <td>
                  <Rate
                    {...success}
                    numeratorCases={listOf(stage, 'passed')}
                    denominatorCases={listOf(stage, 'reached')}
                    title={`${t(`stage_${stage}`)} ${t('successRate')}`}
                  />
                </td>
                <td>
                  {before === undefined ? (
                    <span className="none">—</span>
                  ) : (
                    <Rate
                      {...fromBefore}
                      numeratorCases={listOf(stage, 'reached')}
                      denominatorCases={listOf(before, 'passed')}
                      title={`${t(`stage_${stage}`)} ${t('fromBefore')}`}
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </NumbersTable>
    </>
  );
}
