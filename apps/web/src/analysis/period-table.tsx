import { go } from '../address';
import type { Value } from '../api/answers';
import type { PeriodStage } from '../api/funnel';
import { Figure, Fraction } from '../figures/figure';
import { compareDecimals } from '../figures/format';
import { NumbersTable } from '../figures/numbers-table';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { useView } from '../view';
import { Rate } from './count';

/** The figures as the forms print them; each opens its entries. */
export function PeriodTable({ stages }: { stages: readonly PeriodStage[] }) {
  const { t } = useWords();
  return (
    <NumbersTable title={t('byPeriodTable')}>
      <thead>
        <tr>
          <th scope="col">{t('stage')}</th>
          <th scope="col">{t('requested')}</th>
          <th scope="col">{t('succeeded')}</th>
          <th scope="col">{t('successRate')}</th>
          <th scope="col">{t('fromBefore')}</th>
        </tr>
      </thead>
      <tbody>
        {stages.map(({ stage, requested, succeeded, rate, fromBefore }, index) => (
          <tr key={stage}>
            <th scope="row">
              {t(`stage_${stage}`)} <StageCard of={rate ?? succeeded} />
            </th>
            <td>
              {requested === null ? (
                <span className="none">—</span>
              ) : (
                <Figure value={requested} title={`${t(`stage_${stage}`)} ${t('requested')}`} bare />
              )}
            </td>
            <td>
              <Figure value={succeeded} title={`${t(`stage_${stage}`)} ${t('succeeded')}`} bare />
            </td>
            <td>
              {rate === null ? (
                <span className="none">—</span>
              ) : (
                <>
                  <Figure value={rate} title={`${t(`stage_${stage}`)} ${t('successRate')}`} />
                  <Fraction value={rate} />
                </>
              )}
            </td>
            <td>
              {index === 0 ? (
                <span className="none">—</span>
              ) : fromBefore === null ? (
                <span className="figure-none">{t('notApplicable')}</span>
              ) : (
                <>
                  <Rate {...fromBefore} title={`${t(`stage_${stage}`)} ${t('fromBefore')}`} />
                  {compareDecimals(fromBefore.value, '100') > 0 && (
                    <button
                      type="button"
                      className="figure why"
                      onClick={() => go({ show: 'bridge', stage: stage === 'exam' ? undefined : stage })}
                    >
                      {t('above100')}
                      <span className="away"> {t(`stage_${stage}`)}</span>
                    </button>
                  )}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </NumbersTable>
  );
}

/** What the figure means that a stage is judged by. */
function StageCard({ of: { key } }: { of: Value }) {
  const { label } = useWords();
  const { metrics, indicators } = useView();
  const definition = metrics.get(key) ?? indicators.get(key);
  return definition ? <CardLink indicator={key} title={label(definition.label)} /> : null;
}
