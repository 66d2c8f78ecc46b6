import { useQuery } from '@tanstack/react-query';
import { differencesQuery, type AssessmentPlace, type Difference, type OpenedAssessment } from '../api/assessments';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';

/** What is not as it was, line by line. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  const { t } = useWords();
  return (
    <div className="scroll differences" tabIndex={0} role="region" aria-label={t('differences')}>
      <table>
        <caption className="away">{t('differences')}</caption>
        <thead>
          <tr>
            {(['differenceAt', 'differenceWhat', 'differenceBefore', 'differenceAfter'] as const).map((column) => (
              <th scope="col" key={column}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map(({ place, name, what, before, after }) => (
            <tr key={`${place} ${what}`}>
              <th scope="row">{name}</th>
              <td>{t(`difference_${what as 'actual'}`)}</td>
              <td>{before ?? '—'}</td>
              <td>{after ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What changed since the last step, and since the revision before. */
export function SinceThen({ place, opened }: { place: AssessmentPlace; opened: OpenedAssessment }) {
  const { record } = opened;
  const { steps, revision, version } = record;
  return (
    <>
      {steps.length > 0 && <Since place={place} since="step" version={version} />}
      {revision > 1 && <Since place={place} since="revision" version={version} />}
    </>
  );
}

function Since({ place, since, version }: { place: AssessmentPlace; since: 'step' | 'revision'; version: number }) {
  const { t } = useWords();
  const { data } = useQuery(differencesQuery(place, since, version));
  if (!data?.since) return null;
  const { to, actor, at, revision } = data.since;
  const title =
    since === 'step'
      ? t('sinceStep', { state: t(`stepWord_${to}`), by: actor, at: sayInstant(at) })
      : t('sinceRevision', { revision });
  return (
    <section className="way-part">
      <h3>{title}</h3>
      {data.differences.length === 0 ? (
        <p className="none">{t('sinceNothing')}</p>
      ) : (
        <Differences differences={data.differences} />
      )}
    </section>
  );
}
