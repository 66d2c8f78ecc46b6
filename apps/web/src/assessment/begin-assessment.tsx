import { Button, Input } from 'antd';
import { useState } from 'react';
import { go } from '../address';
import type { AssessmentList } from '../api/assessments';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useView } from '../view';

/** The forms: opening one shows it filled, and begins nothing before somebody writes. */
export function BeginAssessment({ list, year }: { list: AssessmentList; year: string }) {
  const { t } = useWords();
  return (
    <Card title={t('beginAssessment')} hint={t('beginAssessmentHow')}>
      <ul className="form-choices">
        {list.forms.map((form) => (
          <FormChoice key={form.code} form={form} year={year} />
        ))}
      </ul>
    </Card>
  );
}

function FormChoice({ form, year }: { form: AssessmentList['forms'][number]; year: string }) {
  const { t, label } = useWords();
  const { org } = useView();
  const [project, setProject] = useState('');
  const [missing, setMissing] = useState(false);
  const name = label(form.title);
  const open = (period: string) => {
    const of = project.trim();
    if (form.scope === 'project' && of === '') return setMissing(true);
    go({ form: form.code, period, org, project: form.scope === 'project' ? of : undefined, revision: undefined });
  };
  return (
    <li>
      <strong>
        {name} {form.packLabel && <small>{label(form.packLabel)}</small>}
      </strong>
      {form.scope === 'project' && (
        <span>
          <Input
            aria-label={t('projectOf', { name })}
            placeholder={t('projectName')}
            value={project}
            maxLength={80}
            status={missing ? 'error' : undefined}
            onChange={({ target }) => {
              setProject(target.value);
              setMissing(false);
            }}
          />
          {missing && (
            <span role="alert" className="due">
              {t('projectNeeded')}
            </span>
          )}
        </span>
      )}
      <span className="form-choice-buttons">
        <Button aria-label={`${name} ${t('openYear', { year })}`} onClick={() => open(year)}>
          {t('openYear', { year })}
        </Button>
        <Button aria-label={`${name} ${t('openHalf', { year })}`} onClick={() => open(`${year}-H1`)}>
          {t('openHalf', { year })}
        </Button>
      </span>
    </li>
  );
}
