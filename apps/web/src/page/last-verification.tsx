import type { Verification } from '../api/answers';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';

/** When all figures and seals were last counted anew, and whether they held. */
export function LastVerification({ finishedAt, checked, drift, seals }: Verification) {
  const { t } = useWords();
  const sealDrift = seals?.drift ?? 0;
  const count = Number(drift) + sealDrift;
  const at = sayInstant(finishedAt);
  return (
    <span
      className={count > 0 ? 'verified verified-drift' : 'verified'}
      title={t('verifiedWhat', { values: checked, drift, seals: seals?.checked ?? 0, sealDrift })}
    >
      {count > 0 ? t('verifiedDrift', { at, count }) : t('verifiedSound', { at })}
    </span>
  );
}
