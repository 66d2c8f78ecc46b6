import { Button, Input } from 'antd';
import { useState } from 'react';
import { pathOf, type AssessmentPlace, type Comment, type OpenedAssessment } from '../api/assessments';
import { post } from '../api/request';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { useAnswered } from './use-assessment';
import { useMayComment } from './use-may';

interface CommentsProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  /** A line's code, `budget:<row>` or `task:<code>`; null: the whole. */
  line: string | null;
}

/** What is remarked on a line, or on the whole, and settling it. */
export function Comments({ place, opened, line }: CommentsProps) {
  const { t } = useWords();
  const may = useMayComment(opened);
  const answered = useAnswered(place);
  const { act, busy, refusal } = useAct();
  const [text, setText] = useState('');
  const latest = { ...place, revision: undefined };
  const add = () =>
    act(async () => {
      await post(pathOf(latest, '/comments'), { ...(line !== null && { line }), text });
      setText('');
      answered();
    });
  const shown = opened.record.comments.filter((one) => one.line === line);
  return (
    <>
      {shown.length === 0 && <p className="none">{t('commentsNone')}</p>}
      <ul className="comments">
        {shown.map((one) => (
          <CommentItem
            key={one.number}
            comment={one}
            settle={
              may && one.resolvedAt === null
                ? () =>
                    act(async () => {
                      await post(pathOf(latest, `/comments/${one.number}/resolve`), {});
                      answered();
                    })
                : undefined
            }
          />
        ))}
      </ul>
      {refusal !== undefined && (
        <p role="alert" className="due">
          {refusal}
        </p>
      )}
      {may && (
        <div className="comment-new">
          <Input.TextArea
            aria-label={t(line === null ? 'commentWhole' : 'commentLine')}
            placeholder={t(line === null ? 'commentWhole' : 'commentLine')}
            autoSize={{ minRows: 1 }}
            maxLength={1000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Button loading={busy} disabled={text.trim() === ''} onClick={() => void add()}>
            {t('commentAdd')}
          </Button>
        </div>
      )}
    </>
  );
}

function CommentItem({ comment, settle }: { comment: Comment; settle?: () => Promise<void> }) {
  const { t } = useWords();
  const { text, author, at, resolvedBy, resolvedAt } = comment;
  return (
    <li className={resolvedAt ? 'comment-settled' : undefined}>
      <p>{text}</p>
      <small>
        {t('stepBy', { by: author, at: sayInstant(at) })}
        {resolvedAt && ` · ${t('commentSettled', { by: resolvedBy ?? '' })}`}
      </small>
      {settle && (
        <Button size="small" onClick={() => void settle()}>
          {t('commentSettle')}
        </Button>
      )}
    </li>
  );
}
