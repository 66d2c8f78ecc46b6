import type { TargetProgress } from '../api/targets';
import { Amount } from '../figures/amount';
import { group } from '../figures/format';
import { useWords } from '../language';

/** The forecast to the period's end with its interval, and how likely it makes the target. */
export function ForecastCell({ progress: { forecast, unit } }: { progress: TargetProgress }) {
  const words = useWords();
  const { t, language } = words;
  if ('because' in forecast) {
    return (
      <span className="none" title={forecast.because[language]}>
        {t('noForecast')}
      </span>
    );
  }
  const { likelihood } = forecast;
  return (
    <>
      <span className="nowrap">
        <Amount text={forecast.mean} unit={unit} />
      </span>
      <small>{t('forecastRange', { low: group(forecast.low80), high: group(forecast.high80) })}</small>
      <small className={likelihood.warning ? 'due' : undefined}>
        {t('forecastLikely', { words: likelihood.words[language], percent: likelihood.percent })}
      </small>
    </>
  );
}
