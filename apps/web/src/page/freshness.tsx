import { isBusy } from '../api/queries';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useView } from '../view';
import { LastVerification } from './last-verification';

/** When the figures were computed, and whether changes are still being added up. */
export function Freshness({ unreachable }: { unreachable: boolean }) {
  const { t } = useWords();
  const { status } = useView();
  const busy = isBusy(status);
  const state = unreachable ? 'lost' : busy ? 'busy' : 'fresh';
  const said = unreachable
    ? t('connectionLost')
    : busy
      ? t('addingUp', { count: status.waiting })
      : status.computedAt
        ? t('computedAt', { at: sayInstant(status.computedAt) })
        : '';
  if (!said) return null;
  return (
    <div
      className={`freshness freshness-${state}`}
      role="status"
      title={t('position', { position: status.computedPosition })}
    >
      <i aria-hidden="true" />
      <span>{said}</span>
      {!unreachable && status.verification && <LastVerification {...status.verification} />}
    </div>
  );
}
