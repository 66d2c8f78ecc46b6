import { Button } from 'antd';
import { useState } from 'react';
import { dueIn } from '../../../../libs/assessment/due';
import { type AssessmentPlace, type OpenedAssessment } from '../api/assessments';
import { group } from '../figures/format';
import { useWords } from '../language';
import { TextDialog } from './text-dialog';
import { useMayWrite } from './use-may';
import { useWrite } from './use-assessment';

interface ResultSummaryProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  say: (done: string) => void;
}

/** What the form comes to, and the total that the office declares beside it. */
export function ResultSummary({ place, opened, say }: ResultSummaryProps) {
  const { t, language } = useWords();
  const { filled, record } = opened;
  const may = useMayWrite(opened);
  const write = useWrite(place);
  const [declaring, setDeclaring] = useState(false);
  const { declared } = filled;
  const known = filled.lines.filter((line) => line.actual !== null || line.state === 'not_applicable').length;
  const scored = filled.total !== null;
  return (
    <section className="summary" aria-labelledby="summary">
      <h2 id="summary" className="away">
        {t('summary')}
      </h2>
      {scored && (
        <div>
          <h3>{t('totalScore')}</h3>
          <strong>{group(filled.total ?? '')}</strong>
          <small>
            {t('scoredOf', { weight: filled.scoredWeight ?? '0', all: filled.totalWeight ?? '0' })}
            {filled.grade && ` · ${t('grade')} ${filled.grade.label}`}
          </small>
        </div>
      )}
      <div>
        <h3>{t('linesKnown')}</h3>
        <strong>{t('linesFilled', { filled: known, lines: filled.lines.length })}</strong>
        <small>{filled.incompleteBecause ? filled.incompleteBecause[language] : t('complete')}</small>
      </div>
      <div>
        <h3>{t('causesDue')}</h3>
        <strong>{dueIn(filled).length}</strong>
        <small>{t('causesDueHint')}</small>
      </div>
      {filled.totalWeight !== null && filled.stage === 'year' && (declared || may) && (
        <div>
          <h3>{t('declaredTotal')}</h3>
          <strong>{declared ? group(declared.total) : '—'}</strong>
          <small>
            {declared ? (declared.differs?.[language] ?? t('declaredSame')) : t('declaredHow')}{' '}
            {may && (
              <Button size="small" type="link" onClick={() => setDeclaring(true)}>
                {t('declare')}
              </Button>
            )}
          </small>
        </div>
      )}
      {declaring && (
        <TextDialog
          title={t('declaredTotal')}
          label={t('declaredTotal')}
          hint={t('declaredHow')}
          initial={declared?.total ?? ''}
          short
          save={async (text) => {
            await write('/total', { total: text }, record.version);
            say(t('assessmentSaved'));
          }}
          close={() => setDeclaring(false)}
        />
      )}
    </section>
  );
}
