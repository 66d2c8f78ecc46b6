import type { ShownPack } from '../api/rules';
import { addDecimals, sayInstant } from '../figures/format';
import { useWords } from '../language';

/** A rule pack in words. */
export function PackView({ pack: { rules, own, recordedBy, recordedAt } }: { pack: ShownPack }) {
  const { t, label } = useWords();
  const causes = rules.causeWhen.map((when) =>
    t(`cause_${when}`, { beyond: rules.causeBeyond, below: rules.causeBelowExecution }),
  );
  const scoring: [string, string][] = [
    [t('rulesLower'), t(`lower_${rules.lowerBetterMissed}`)],
    [t('rulesEquals'), t(`equals_${rules.equals}`)],
    [t('rulesZero'), `${rules.zeroTargetMissed}%`],
    [t('rulesOver', { beyond: rules.overAchieved.beyond }), t(`over_${rules.overAchieved.then}`)],
    [t('rulesCauses'), causes.join(t('clause'))],
  ];
  return (
    <div className="pack">
      <p className="hint">
        {rules.code} · {t('rulesVersion', { version: rules.version })} · {t('rulesSince', { year: rules.since })}
        {own && recordedBy !== null && recordedAt !== null && (
          <> · {t('rulesBy', { by: recordedBy, at: sayInstant(recordedAt) })}</>
        )}
      </p>
      <div className="pack-tables">
        <section aria-label={t('rulesWeights')}>
          <h3>{t('rulesWeights')}</h3>
          {rules.weights === null ? (
            <p className="none">{t('rulesNoWeights')}</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('rulesTier')}</th>
                  <th scope="col" className="right">
                    {t('rulesPoints')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rules.weights.map(({ tier, of, points }) => (
                  <tr key={tier}>
                    <th scope="row" lang="zh-CN">
                      {tier}
                      {of && <small>{t('rulesOf', { tiers: of.join(t('enumeration')) })}</small>}
                    </th>
                    <td className="right">{points}</td>
                  </tr>
                ))}
                <tr className="sum">
                  <th scope="row">Σ</th>
                  <td className="right">{addDecimals(rules.weights.map(({ points }) => points))}</td>
                </tr>
              </tbody>
            </table>
          )}
        </section>
        <section aria-label={t('rulesGrades')}>
          <h3>{t('rulesGrades')}</h3>
          <ul>
            {rules.grades.map(({ code, label: grade, from }) => (
              <li key={code}>
                <strong lang="zh-CN">{grade}</strong> {t('rulesGrade', { from })}
              </li>
            ))}
          </ul>
          <h3>{t('rulesBands')}</h3>
          <ul>
            {rules.bands.map(({ level, label: band, from, to }) => (
              <li key={level}>{t('rulesBand', { label: label(band), from, to })}</li>
            ))}
          </ul>
        </section>
      </div>
      <section aria-label={t('rulesScoring')}>
        <h3>{t('rulesScoring')}</h3>
        <dl className="pack-facts">
          {scoring.map(([name, said]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-label={t('rulesAssumptions')}>
        <h3>{t('rulesAssumptions')}</h3>
        {rules.assumptions.length === 0 ? (
          <p className="none">{t('rulesNoAssumptions')}</p>
        ) : (
          <ul>
            {rules.assumptions.map((one) => (
              <li key={one.zh}>{label(one)}</li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
