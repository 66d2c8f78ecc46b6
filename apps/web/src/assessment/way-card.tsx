import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { parsePeriod } from '../../../../libs/core/period';
import { go } from '../address';
import { dueIn } from '../../../../libs/assessment/due';
import { pathOf, type AssessmentPlace, type AssessmentState, type OpenedAssessment } from '../api/assessments';
import { monthsQuery } from '../api/months';
import { post, Problem } from '../api/request';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useAct } from '../session/use-act';
import { useSession } from '../session/gate';
import { Differences, SinceThen } from './differences';
import { MovedNotice } from './moved-notice';
import { openComments } from './open-comments';
import { TextDialog } from './text-dialog';
import { useAnswered } from './use-assessment';

interface WayCardProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  /** What a step is taken upon. */
  seen: OpenedAssessment;
  look: (seen: OpenedAssessment) => void;
  say: (done: string) => void;
}

const STATES = ['draft', 'reviewed', 'approved', 'frozen'] as const satisfies readonly AssessmentState[];
const MOVED = ['assessment_changed', 'assessment_figures_moved', 'assessment_moved'];
const LACKS = { actual: 'lacksActual', cause: 'lacksCause', reason: 'lacksReason' } as const;
const NEXT = { draft: 'reviewed', reviewed: 'approved', approved: 'frozen', frozen: null } as const;

/** Where it stands on its way from draft to frozen, what the next step lacks, and who may take it. */
export function WayCard({ place, opened, seen, look, say }: WayCardProps) {
  const { t } = useWords();
  const { permissions, name } = useSession();
  const { record, differences } = opened;
  const { state, steps } = record;
  const at = STATES.indexOf(state);
  const mayStep = permissions.includes('assessments.review') && !record.makers.includes(name) && state !== 'frozen';
  const returned = steps.at(-1)?.to === 'draft' ? steps.at(-1) : undefined;
  return (
    <Card title={t('way')} hint={t('wayHow')} actions={<WayActions {...{ place, opened, seen, say }} />}>
      {mayStep && seen.fingerprint !== opened.fingerprint && <MovedNotice seen={seen} opened={opened} look={look} />}
      <ol className="way">
        {STATES.map((one, index) => {
          const step = index > 0 && index <= at ? steps.findLast(({ to }) => to === one) : undefined;
          return (
            <li
              key={one}
              aria-current={index === at ? 'step' : undefined}
              className={index <= at ? 'way-done' : undefined}
            >
              <strong>{t(`state_${one}`)}</strong>
              <small>
                {one === 'draft'
                  ? record.makers.join(t('enumeration')) || t('nobodyTyped')
                  : step
                    ? t('stepBy', { by: step.actor, at: sayInstant(step.at) })
                    : t(`wayWho_${one}`)}
              </small>
            </li>
          );
        })}
      </ol>
      {returned && (
        <p className="strip gap">
          {t('wasReturned', { by: returned.actor, at: sayInstant(returned.at), note: returned.note ?? '' })}
        </p>
      )}
      <Missing opened={opened} place={place} />
      {state === 'frozen' ? (
        <section className="way-part">
          <h3>{t('wouldDiffer')}</h3>
          {differences.length === 0 ? (
            <p className="none">{t('wouldDifferNot')}</p>
          ) : (
            <>
              <p>{t('wouldDifferHow', { count: differences.length })}</p>
              <Differences differences={differences} />
            </>
          )}
        </section>
      ) : null}
      <SinceThen place={place} opened={opened} />
    </Card>
  );
}

function Missing({ place, opened: { record, filled } }: Pick<WayCardProps, 'place' | 'opened'>) {
  const { t } = useWords();
  const { state } = record;
  const { data } = useQuery({ ...monthsQuery, enabled: state === 'approved' });
  // Others may have read them before they matter here.
  const months = state === 'approved' ? data : undefined;
  const due = state === 'frozen' ? [] : dueIn(filled);
  const { lastMonth } = parsePeriod(place.period);
  const open = (months ?? []).filter(({ month, state: of }) => month <= lastMonth && of !== 'closed');
  if (state === 'frozen') return null;
  const first = open.map(({ month }) => month).sort()[0];
  return (
    <section className="way-part">
      <h3>{t(`before_${NEXT[state] ?? 'frozen'}`)}</h3>
      <ul className="way-missing">
        {due.length > 0 && (
          <li className="due">
            {t('missingDue', { count: due.length })}
            <ul>
              {due.map(({ place: at, name, what }) => (
                <li key={`${at} ${what}`}>
                  <button type="button" className="plain-link" onClick={() => go({ line: at })}>
                    {name}
                  </button>
                  {` ${t(LACKS[what])}`}
                </li>
              ))}
            </ul>
          </li>
        )}
        {first !== undefined && (
          <li className="due">
            {t('missingMonths', { count: open.length, month: first })}{' '}
            <button type="button" className="plain-link" onClick={() => go({ tab: 'months', month: first })}>
              {t('toMonths')}
            </button>
          </li>
        )}
        {due.length === 0 && first === undefined && <li>{t('missingNothing')}</li>}
        <li className="none">
          {record.makers.length > 0
            ? t('notByMakers', { makers: record.makers.join(t('enumeration')) })
            : t('byReviewer')}
        </li>
      </ul>
    </section>
  );
}

function WayActions({ place, opened, seen, say }: Omit<WayCardProps, 'look'>) {
  const { t, language } = useWords();
  const { permissions, name } = useSession();
  const answered = useAnswered(place);
  const { act, busy, refusal } = useAct();
  const [asking, setAsking] = useState<'reviewed' | 'approved' | 'frozen' | 'draft'>();
  const { record } = opened;
  const { state, version, revision, latest } = record;
  if (revision !== latest) return <span className="hint">{t('olderRevision')}</span>;
  const step = async (to: string, note: string) => {
    const body = { to, note: note || undefined, version, fingerprint: seen.fingerprint };
    const path = pathOf({ ...place, revision: undefined }, '/steps');
    const done = await post<OpenedAssessment>(path, body).catch((error: unknown) => {
      // What moved is shown as soon as it is read again.
      if (error instanceof Problem && MOVED.includes(error.code)) answered();
      throw error;
    });
    answered(done);
    say(t(`stepDone_${to as 'reviewed'}`));
  };
  const revise = () =>
    act(async () => {
      answered(await post<OpenedAssessment>(pathOf({ ...place, revision: undefined }, '/revisions'), {}));
      go({ revision: undefined });
      say(t('revisionOpened'));
    });
  const open = openComments(opened);
  const places = [...new Set(open.map(({ name }) => name ?? t('wholeForm')))].join(t('enumeration'));
  const unsettled = open.length > 0 ? [t('stepUnsettled', { count: open.length, places })] : [];
  const next = NEXT[state];
  const mayReview = permissions.includes('assessments.review');
  const isMaker = record.makers.includes(name);
  return (
    <>
      {refusal !== undefined && (
        <span role="alert" className="due">
          {refusal}
        </span>
      )}
      {state === 'frozen' && permissions.includes('assessments.write') && (
        <Button loading={busy} onClick={() => void revise()}>
          {t('openRevision')}
        </Button>
      )}
      {mayReview && isMaker && next && <span className="hint">{t('youTyped')}</span>}
      {mayReview && (state === 'reviewed' || state === 'approved') && (
        <Button onClick={() => setAsking('draft')}>{t('step_draft')}</Button>
      )}
      {mayReview && next && (!isMaker || next === 'frozen') && (
        <Button type="primary" onClick={() => setAsking(next)}>
          {t(`step_${next}`)}
        </Button>
      )}
      {asking && (
        <TextDialog
          title={t(`step_${asking}`)}
          label={t(asking === 'draft' ? 'returnNote' : 'stepNote')}
          hint={t(`stepHow_${asking}`)}
          warnings={asking === 'draft' ? [] : [...unsettled, ...opened.filled.warnings.map((one) => one[language])]}
          okText={t(`step_${asking}`)}
          needed={asking === 'draft' ? t('returnNoteNeeded') : undefined}
          save={(note) => step(asking, note)}
          close={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
