import type { ScheduleState } from '../api/jobs';
import { sayLength } from '../drills/drill-words';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useView } from '../view';
import { jobName, sayWhen } from './job-words';

/** So long after its time nobody has taken it. */
const LATE_MS = 2 * 60_000;

export function SchedulesCard({ schedules, now }: { schedules: readonly ScheduleState[]; now: number }) {
  const words = useWords();
  const { t } = words;
  const { registry } = useView().status;
  // Its hour comes there too, and nothing is done then.
  const kept = registry?.demonstration ? schedules.filter(({ job }) => job !== 'drill') : schedules;
  return (
    <Card title={t('jobsSchedules')} hint={t('jobsSchedulesHint')}>
      <table className="jobs-table">
        <caption className="away">{t('jobsSchedules')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('scheduleWhat')}</th>
            <th scope="col">{t('scheduleWhen')}</th>
            <th scope="col">{t('scheduleLast')}</th>
            <th scope="col">{t('scheduleNext')}</th>
          </tr>
        </thead>
        <tbody>
          {kept.map((schedule) => (
            <tr key={schedule.id}>
              <th scope="row">{jobName(schedule.job, words)}</th>
              <td>{sayWhen(schedule, words)}</td>
              <td>
                <span className="narrow-only">{t('scheduleLast')} </span>
                <LastRun last={schedule.last} />
              </td>
              <td>
                <span className="narrow-only">{t('scheduleNext')} </span>
                {schedule.next === null ? (
                  <span className="none">{t('scheduleAbsent')}</span>
                ) : (
                  <>
                    {sayInstant(schedule.next)}
                    {now - Date.parse(schedule.next) > LATE_MS && (
                      <small className="run-failed">{t('scheduleLate')}</small>
                    )}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function LastRun({ last }: Pick<ScheduleState, 'last'>) {
  const words = useWords();
  const { t } = words;
  if (!last) return <span className="none">{t('scheduleNever')}</span>;
  const { startedAt, finishedAt, result } = last;
  if (result === 'not_kept') return sayInstant(startedAt);
  return (
    <>
      {sayInstant(startedAt)} <span className={`run-${result}`}>{t(`run_${result}`)}</span>
      {finishedAt !== null && <small>{t('run_took', { took: sayLength(startedAt, finishedAt, words) })}</small>}
    </>
  );
}
