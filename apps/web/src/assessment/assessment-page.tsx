import { useQuery } from '@tanstack/react-query';
import { notification } from 'antd';
import { lazy, Suspense, useEffect } from 'react';
import { stageTitle } from '../../../../libs/assessment/stage-title';
import { go, useAddress } from '../address';
import { assessmentQuery, type AssessmentPlace, type OpenedAssessment } from '../api/assessments';
import { Problem } from '../api/request';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { AssessmentToolbar } from './assessment-toolbar';
import { BudgetCard } from './budget-card';
import { CommentsCard } from './comments-card';
import { LineDrawer } from './line-drawer';
import { LinesTable } from './lines-table';
import { ProjectChoice } from './project-choice';
import { ResultSummary } from './result-summary';
import { TasksCard } from './tasks-card';
import { WayCard } from './way-card';
import { useMayWrite } from './use-may';
import { useSeen } from './use-seen';

const NarrativeView = lazy(() => import('./narrative-view'));
const RulesView = lazy(() => import('./rules-view'));
const PapersView = lazy(() => import('./papers-view'));

const VIEWS = ['form', 'report', 'rules', 'papers'] as const;

/** One self-assessment: the form, the report in words, the rules that score it, and what is handed in. */
export function AssessmentPage({ place }: { place: AssessmentPlace }) {
  const { t } = useWords();
  const { show } = useAddress();
  const { data, error, refetch } = useQuery(assessmentQuery(place));
  const { seen, look } = useSeen(data);
  const [toast, toasts] = notification.useNotification({ placement: 'bottomLeft' });
  const unnamed = error instanceof Problem && error.field === 'project' && place.project.trim() === '';
  const shown = VIEWS.find((one) => one === show) ?? 'form';
  const say = (done: string) => toast.success({ title: done });
  return (
    <>
      {toasts}
      <AssessmentToolbar place={place} opened={data} say={say} />
      {!data ? (
        unnamed ? (
          <ProjectChoice place={place} />
        ) : error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : (
          <CardSkeleton height={640} />
        )
      ) : (
        <>
          <nav className="views" aria-label={t('assessmentViews')}>
            {VIEWS.map((one) => (
              <button
                key={one}
                type="button"
                aria-current={one === shown ? 'page' : undefined}
                onClick={() => go({ show: one === 'form' ? undefined : one, line: undefined })}
              >
                {t(`assessmentView_${one}`)}
              </button>
            ))}
          </nav>
          <Suspense fallback={<CardSkeleton height={480} />}>
            {shown === 'form' && <FormView {...{ place, opened: data, seen: seen ?? data, look, say }} />}
            {shown === 'report' && <NarrativeView place={place} opened={data} />}
            {shown === 'rules' && <RulesView place={place} opened={data} say={say} />}
            {shown === 'papers' && <PapersView place={place} opened={data} say={say} />}
          </Suspense>
        </>
      )}
    </>
  );
}

interface ViewProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  say: (done: string) => void;
}

interface FormViewProps extends ViewProps {
  /** What has been looked at; what stands now may be another. */
  seen: OpenedAssessment;
  look: (seen: OpenedAssessment) => void;
}

/** The form as it is printed. */
function FormView({ place, opened, seen, look, say }: FormViewProps) {
  const words = useWords();
  const { t, label } = words;
  const { line } = useAddress();
  const { filled, record } = opened;
  const may = useMayWrite(opened);
  const chosen = filled.lines.find(({ code }) => code === line);
  // A number of the report's text leads to its row here.
  useEffect(() => {
    if (line?.includes(':')) document.getElementById(`row-${line}`)?.scrollIntoView({ block: 'center' });
  }, [line]);
  return (
    <>
      <ResultSummary place={place} opened={opened} say={say} />
      <WayCard {...{ place, opened, seen, look, say }} />
      {filled.budgetTable && <BudgetCard place={place} opened={opened} say={say} />}
      <Card
        title={`${label(stageTitle(filled.form.title, filled.stage))}${filled.project && `${t('colon')}${filled.project}`}`}
        hint={t(filled.stage === 'half' ? 'halfFormHow' : 'yearFormHow', { pack: label(filled.pack.label) })}
      >
        {filled.warnings.length > 0 && <Warnings texts={filled.warnings.map((one) => one[words.language])} />}
        {filled.goal && (
          <dl className="goal">
            <dt>{t(filled.stage === 'half' ? 'goalExpectedHalf' : 'goalExpected')}</dt>
            <dd lang="zh-CN">{filled.goal.expected}</dd>
            <dt>{t('goalAchieved')}</dt>
            <dd lang="zh-CN">{filled.goal.achieved}</dd>
          </dl>
        )}
        <LinesTable opened={opened} may={may} />
      </Card>
      {filled.tasks.length > 0 && <TasksCard place={place} opened={opened} say={say} />}
      <CommentsCard place={place} opened={opened} />
      {chosen && (
        <LineDrawer
          key={`${chosen.code} ${record.revision}`}
          place={place}
          opened={opened}
          line={chosen}
          close={(done) => {
            go({ line: undefined });
            if (done !== undefined) say(done);
          }}
        />
      )}
    </>
  );
}

export function Warnings({ texts }: { texts: readonly string[] }) {
  return (
    <ul className="form-warnings">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
