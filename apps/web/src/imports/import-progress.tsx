import type { Import } from '../api/imports';
import { group } from '../figures/format';
import { useWords } from '../language';

/** How far an import has come: rows, percent, and the time that is left. */
export function ImportProgress({ one: { progress } }: { one: Import }) {
  const { t } = useWords();
  const { phase, percent, posted, secondsLeft } = progress;
  const time =
    secondsLeft === null
      ? null
      : secondsLeft < 90
        ? t('importSeconds', { n: Math.max(1, secondsLeft) })
        : t('importMinutes', { n: Math.round(secondsLeft / 60) });
  const told = [
    t(`importPhase_${phase}`),
    percent !== null && t('importPercent', { percent }),
    posted > 0 && t('importPosted', { posted: group(String(posted)) }),
    time !== null && t('importLeft', { time }),
  ];
  return (
    <div className="import-progress">
      <progress max={100} value={percent ?? undefined} aria-label={t(`importPhase_${phase}`)} />
      <p role="status">{told.filter(Boolean).join(t('listComma'))}</p>
      <p className="hint">{t('importMayLeave')}</p>
    </div>
  );
}
