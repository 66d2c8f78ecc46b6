import { Alert, Button } from 'antd';
import { compareFilled } from '../../../../libs/assessment/compare-filled';
import type { OpenedAssessment } from '../api/assessments';
import { useWords } from '../language';
import { Differences } from './differences';

interface MovedNoticeProps {
  seen: OpenedAssessment;
  opened: OpenedAssessment;
  look: (seen: OpenedAssessment) => void;
}

/** What moved while one looked; nobody answers for figures that they have not seen. */
export function MovedNotice({ seen, opened, look }: MovedNoticeProps) {
  const { t } = useWords();
  const differences = compareFilled(seen.filled, opened.filled);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="gap"
      title={t('movedMeanwhile', { count: differences.length })}
      description={
        <>
          <Differences differences={differences} />
          <div className="dialog-buttons">
            <Button size="small" onClick={() => look(opened)}>
              {t('movedSeen')}
            </Button>
          </div>
        </>
      }
    />
  );
}
