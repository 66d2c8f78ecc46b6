import { go } from '../address';
import type { AssessmentPlace, OpenedAssessment } from '../api/assessments';
import { useWords } from '../language';
import { Card } from '../page/card';
import { Comments } from './comments';

/** Remarks on the whole, and which lines have open ones. */
export function CommentsCard({ place, opened }: { place: AssessmentPlace; opened: OpenedAssessment }) {
  const { t } = useWords();
  const { record, filled } = opened;
  const open = record.comments.filter(({ line, resolvedAt }) => line !== null && resolvedAt === null);
  const lines = filled.lines.filter(({ code }) => open.some(({ line }) => line === code));
  return (
    <Card title={t('comments')} hint={t('commentsHow')}>
      {lines.length > 0 && (
        <p className="comment-lines">
          {t('commentsOnLines')}
          {lines.map(({ code, name }) => (
            <button key={code} type="button" className="plain-link" onClick={() => go({ line: code })}>
              {name}（{open.filter(({ line }) => line === code).length}）
            </button>
          ))}
        </p>
      )}
      <Comments place={place} opened={opened} line={null} />
    </Card>
  );
}
