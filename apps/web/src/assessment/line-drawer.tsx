import { Drawer } from 'antd';
import type { FilledLine } from '../../../../libs/assessment/filled-form';
import { typedAt, type AssessmentPlace, type OpenedAssessment } from '../api/assessments';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { Comments } from './comments';
import { LineFacts } from './line-facts';
import { LineFields } from './line-fields';
import { useMayWrite } from './use-may';

interface LineDrawerProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  line: FilledLine;
  /** With what has been done, if anything. */
  close: (done?: string) => void;
}

/** All about one line: what it is from, what is typed for it, and what is said of it. */
export function LineDrawer({ place, opened, line, close }: LineDrawerProps) {
  const words = useWords();
  const { t } = words;
  const may = useMayWrite(opened);
  return (
    <Drawer
      open
      size="min(720px, 100vw)"
      onClose={() => close()}
      title={
        <div className="drawer-title">
          <span>{line.name}</span>
          <small>{[...line.path.filter(Boolean), sayPeriod(place.period, words)].join(' · ')}</small>
        </div>
      }
    >
      <div className="line-detail">
        <LineFacts place={place} opened={opened} line={line} />
        {may && (
          <section aria-labelledby="line-typed">
            <h3 id="line-typed">{t('lineTyped')}</h3>
            <LineFields
              place={place}
              opened={opened}
              line={line}
              standing={typedAt(opened.record, line.code)}
              done={() => close(t('assessmentSaved'))}
            />
          </section>
        )}
        <section aria-labelledby="line-comments">
          <h3 id="line-comments">{t('comments')}</h3>
          <Comments place={place} opened={opened} line={line.code} />
        </section>
      </div>
    </Drawer>
  );
}
