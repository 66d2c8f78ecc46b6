import { Button } from 'antd';
import { useState } from 'react';
import type { FilledTask } from '../../../../libs/assessment/filled-form';
import type { AssessmentPlace, OpenedAssessment } from '../api/assessments';
import { useWords } from '../language';
import { Card } from '../page/card';
import { TextDialog } from './text-dialog';
import { useWrite } from './use-assessment';
import { useMayWrite } from './use-may';

interface TasksCardProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  say: (done: string) => void;
}

/** 年度重点任务: how each was completed, told from the figures until the office writes its own. */
export function TasksCard({ place, opened, say }: TasksCardProps) {
  const { t } = useWords();
  const may = useMayWrite(opened);
  const write = useWrite(place);
  const [task, setTask] = useState<FilledTask>();
  return (
    <Card title={t('keyTasks')} hint={t('keyTasksHow')}>
      <table className="key-tasks">
        <caption className="away">{t('keyTasks')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('taskDuty')}</th>
            <th scope="col">{t('taskName')}</th>
            <th scope="col">{t('taskCompletion')}</th>
            {may && (
              <th scope="col">
                <span className="away">{t('actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {opened.filled.tasks.map((one) => (
            <tr key={one.code} id={`row-task:${one.code}`}>
              <td>{one.duty}</td>
              <th scope="row">{one.task}</th>
              <td>
                {one.completion ?? <span className="none">{t('notTyped')}</span>}
                {one.completion !== null && <small>{t(one.typed ? 'taskTyped' : 'taskTold')}</small>}
              </td>
              {may && (
                <td>
                  <Button size="small" aria-label={t('fillLine', { name: one.task })} onClick={() => setTask(one)}>
                    {t('fill')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {task && (
        <TextDialog
          title={task.task}
          label={t('taskCompletion')}
          hint={t('taskEmpty')}
          initial={task.completion ?? ''}
          save={async (completion) => {
            await write(`/tasks/${encodeURIComponent(task.code)}`, { completion }, opened.record.version);
            say(t('assessmentSaved'));
          }}
          close={() => setTask(undefined)}
        />
      )}
    </Card>
  );
}
