import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { FilledForm } from '../../../../libs/assessment/filled-form';
import { go } from '../address';
import { MOVING } from '../api/queries';
import { read } from '../api/request';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { YearPicker } from '../page/period-picker';
import { useView } from '../view';
import { BudgetTable } from './budget-table';
import { LinesTable } from './lines-table';
import '../texts/assessment';

/** The year-end form as it would be handed in: filled from the ledger, its gaps named. */
export default function Assessment() {
  const words = useWords();
  const { t, label, language } = words;
  const view = useView();
  const year = view.period.slice(0, 4);
  const { data, error, refetch } = useQuery({
    queryKey: [MOVING, 'assessment', year],
    queryFn: async ({ signal }) =>
      (await read<{ filled: FilledForm }>(`/assessments/hunan/${year}`, {}, signal)).filled,
  });
  const tools = (
    <div className="toolbar">
      <YearPicker year={year} change={(period) => go({ period })} />
      <Button icon={<DownloadOutlined aria-hidden="true" />} href={`/api/assessments/hunan/${year}.xlsx`} download>
        {t('downloadXlsx')}
      </Button>
    </div>
  );
  if (!data) {
    return (
      <>
        {tools}
        {error ? <Failure error={error} retry={() => void refetch()} /> : <CardSkeleton height={640} />}
      </>
    );
  }
  return (
    <>
      {tools}
      <section className="summary" aria-labelledby="summary">
        <h2 id="summary" className="away">
          {t('summary')}
        </h2>
        <div>
          <h3>{t('totalScore')}</h3>
          <strong>{data.total === null ? '—' : group(data.total)}</strong>
          <small>{data.scoredWeight && t('scoredOf', { weight: data.scoredWeight })}</small>
        </div>
        <div>
          <h3>{t('grade')}</h3>
          <strong>{data.grade ? data.grade.label : t('noGrade')}</strong>
          <small>{data.incompleteBecause ? data.incompleteBecause[language] : t('complete')}</small>
        </div>
        <div>
          <h3>{t('causesDue')}</h3>
          <strong>{data.lines.filter((line) => line.causeRequired && !line.cause).length}</strong>
          <small>{t('causesDueHint')}</small>
        </div>
      </section>
      <Card title={`${label(data.form.title)} · ${t('yearOf', { year })}`} hint={label(data.pack.label)}>
        {data.goal && (
          <dl className="goal">
            <dt>{t('goalExpected')}</dt>
            <dd>{data.goal.expected}</dd>
            <dt>{t('goalAchieved')}</dt>
            <dd>{data.goal.achieved}</dd>
          </dl>
        )}
        <LinesTable lines={data.lines} year={year} />
      </Card>
      <Card title={t('budget')} hint={t('budgetHint')}>
        <BudgetTable rows={data.budget} />
      </Card>
      <Card title={t('assumptions')}>
        <ul className="assumptions">
          {data.assumptions.map((assumption) => (
            <li key={assumption.zh}>{label(assumption)}</li>
          ))}
        </ul>
      </Card>
    </>
  );
}
