import type { Pace } from '../api/targets';
import { group, withUnit } from '../figures/format';
import { useWords } from '../language';

/** How far a target has come, held against how much of its period has passed. */
export function PaceCell({ pace, unit }: { pace: Pace; unit: string }) {
  const words = useWords();
  const { t, language } = words;
  const { achieved, elapsed, due, sentence } = pace;
  return (
    <div className="pace">
      <span>{pace.state === 'behind' && Number(elapsed) >= 100 ? t('paceMissed') : sentence[language]}</span>
      {achieved !== null && (
        <>
          <span
            className={`pace-bar pace-${pace.state}`}
            role="img"
            aria-label={t('paceBar', { achieved: group(achieved), elapsed })}
          >
            <i style={{ width: `${Math.min(100, Math.max(0, Number(achieved)))}%` }} />
            {due !== null && Number(elapsed) < 100 && <b style={{ left: `${elapsed}%` }} />}
          </span>
          <small>
            {t('paceAchieved', { achieved: group(achieved) })}
            {due !== null &&
              Number(elapsed) < 100 &&
              `${t('clause')}${t('paceDue', { due: withUnit(due, unit, words) })}`}
          </small>
        </>
      )}
    </div>
  );
}
