import { useQuery } from '@tanstack/react-query';
import { go } from '../address';
import { assessmentsQuery, type AssessmentList, type ListedAssessment } from '../api/assessments';
import { orgName } from '../entries/entry-words';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { YearPicker } from '../page/period-picker';
import { useView } from '../view';
import { BeginAssessment } from './begin-assessment';
import { StateMark } from './state-mark';

/** What has been begun of a year, how far it is, and what can be begun. */
export function AssessmentListPage() {
  const words = useWords();
  const { t } = words;
  const { period } = useView();
  const year = period.slice(0, 4);
  const { data, error, refetch } = useQuery(assessmentsQuery(year));
  return (
    <>
      <div className="toolbar">
        <YearPicker year={year} change={(to) => go({ period: to })} />
      </div>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <CardSkeleton height={420} />
      ) : (
        <>
          <Card title={t('assessmentsOf', { year })} hint={t('assessmentsHow')}>
            {data.assessments.length === 0 ? (
              <p className="none">{t('assessmentsNone', { year })}</p>
            ) : (
              <ListTable list={data} />
            )}
          </Card>
          <BeginAssessment list={data} year={year} />
        </>
      )}
    </>
  );
}

function ListTable({ list: { assessments, forms } }: { list: AssessmentList }) {
  const { t, label } = useWords();
  const rulesOf = (form: string) => {
    const rules = forms.find(({ code }) => code === form)?.packLabel;
    return rules ? label(rules) : undefined;
  };
  return (
    <table className="assessments">
      <caption className="away">{t('assessmentsTable')}</caption>
      <thead>
        <tr>
          {(['assessmentForm', 'partOfYear', 'org', 'columnState', 'assessmentProgress', 'assessmentDue'] as const).map(
            (column) => (
              <th scope="col" key={column}>
                {t(column)}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {assessments.map((one) => (
          <ListRow
            key={[one.org, one.form, one.period, one.project].join(' ')}
            assessment={one}
            rules={rulesOf(one.form)}
          />
        ))}
      </tbody>
    </table>
  );
}

function ListRow({ assessment, rules }: { assessment: ListedAssessment; rules?: string }) {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const { org, form, period, project, title, revision, state, makers, lastStep, progress } = assessment;
  const due = [
    ...(progress.actualsDue > 0 ? [t('dueActuals', { count: progress.actualsDue })] : []),
    ...(progress.causesDue > 0 ? [t('dueCauses', { count: progress.causesDue })] : []),
    ...(progress.reasonsDue > 0 ? [t('dueReasons', { count: progress.reasonsDue })] : []),
    ...(progress.openComments > 0 ? [t('dueComments', { count: progress.openComments })] : []),
  ];
  const people = lastStep?.actor ?? makers.join(t('enumeration'));
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="plain-link"
          onClick={() => go({ form, period, project: project || undefined, org, revision: undefined })}
        >
          {label(title)}
          {project && `${t('colon')}${project}`}
        </button>
        {rules !== undefined && <small>{rules}</small>}
      </th>
      <td>{sayPeriod(period, words)}</td>
      <td>{orgName(org, view, words)}</td>
      <td>
        <StateMark state={state} />
        <small>
          {revision > 1 && `${t('revisionNumber', { revision })} `}
          {people}
        </small>
      </td>
      <td className="tabular">
        {t('linesFilled', { filled: progress.filled, lines: progress.lines })}
        <progress max={progress.lines} value={progress.filled} aria-hidden="true" />
      </td>
      <td>{due.length > 0 ? <span className="due">{due.join(t('clause'))}</span> : <span className="none">—</span>}</td>
    </tr>
  );
}
