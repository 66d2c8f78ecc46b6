import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { go } from '../address';
import { assessmentsQuery, type AssessmentPlace } from '../api/assessments';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';

/** The projects that have a form of this kind, and where to name another; no form is begun before somebody writes. */
export function ProjectChoice({ place }: { place: AssessmentPlace }) {
  const { t, label } = useWords();
  const year = place.period.slice(0, 4);
  const { data, error, refetch } = useQuery(assessmentsQuery(year));
  const [missing, setMissing] = useState(false);
  if (!data) return error ? <Failure error={error} retry={() => void refetch()} /> : <CardSkeleton height={240} />;
  const title = data.forms.find(({ code }) => code === place.form)?.title;
  const name = title ? label(title) : place.form;
  const begun = data.assessments.filter(({ form, org }) => form === place.form && org === place.org);
  const projects = [...new Set(begun.map(({ project }) => project))];
  const open = (project: string) => {
    if (project.trim() === '') return setMissing(true);
    go({ project: project.trim() });
  };
  return (
    <Card title={name} hint={projects.length > 0 ? t('projectChoose') : t('projectsNone', { year })}>
      <ul className="form-choices">
        {projects.map((project) => (
          <li key={project}>
            <strong>{project}</strong>
            <Button aria-label={t('projectOpenOf', { project })} onClick={() => open(project)}>
              {t('projectOpen')}
            </Button>
          </li>
        ))}
        <li>
          <span>
            <Input.Search
              aria-label={t('projectOf', { name })}
              placeholder={t('projectName')}
              enterButton={t('projectOpen')}
              maxLength={80}
              status={missing ? 'error' : undefined}
              onChange={() => setMissing(false)}
              onSearch={open}
            />
            {missing && (
              <span role="alert" className="due">
                {t('projectNeeded')}
              </span>
            )}
          </span>
        </li>
      </ul>
    </Card>
  );
}
