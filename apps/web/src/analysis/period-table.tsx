import { go } from '../address';
import type { PeriodStage } from '../api/funnel';
import { Figure, Fraction } from '../figures/figure';
import { compareDecimals, group } from '../figures/format';
import { useWords } from '../language';

/** The figures as the forms print them; each opens its entries. */
export function PeriodTable({ stages }: { stages: readonly PeriodStage[] }) {
  const { t } = useWords();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('byPeriodTable')}>
      <table className="numbers">
        <caption className="away">{t('byPeriodTable')}</caption>
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
              <th scope="row">{t(`stage_${stage}`)}</th>
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
                    {group(fromBefore.value)}
                    <span className="unit">%</span>
                    <span className="fraction">
                      {group(fromBefore.numerator)} / {group(fromBefore.denominator)}
                    </span>
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
      </table>
    </div>
  );
}
