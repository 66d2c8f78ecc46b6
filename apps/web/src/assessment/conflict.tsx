import { Alert, Button } from 'antd';
import type { Typed } from '../api/assessments';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';

interface ConflictProps {
  /** What somebody else has written there meanwhile. */
  standing: Typed;
  busy: boolean;
  /** Writes what one typed in its place. */
  keep: () => void;
  /** Goes on from what stands. */
  take: () => void;
}

/** Two wrote at one place: shows what stands, and keeps what was typed. */
export function Conflict({ standing, busy, keep, take }: ConflictProps) {
  const { t } = useWords();
  const content = Object.entries(standing.content as Record<string, unknown>);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="gap"
      title={t('conflict', { by: standing.writtenBy, at: sayInstant(standing.writtenAt) })}
      description={
        <>
          <dl className="conflict">
            {content.map(([field, value]) => (
              <div key={field}>
                <dt>{t(`field_${field as 'actual'}`)}</dt>
                <dd>{Array.isArray(value) ? value.join(t('enumeration')) : String(value)}</dd>
              </div>
            ))}
            {content.length === 0 && <p className="none">{t('conflictEmpty')}</p>}
          </dl>
          <div className="dialog-buttons">
            <Button size="small" loading={busy} onClick={keep}>
              {t('conflictKeep')}
            </Button>
            <Button size="small" onClick={take}>
              {t('conflictTake')}
            </Button>
          </div>
        </>
      }
    />
  );
}
