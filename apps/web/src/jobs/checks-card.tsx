import type { JobsAnswer } from '../api/jobs';
import { RESULTS, resultOf } from '../drills/drill-words';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card } from '../page/card';

interface Check {
  readonly name: string;
  readonly at: string | undefined;
  readonly said: string;
  readonly sound: boolean;
}

/** What the last recounts and the last drill found. */
export function ChecksCard({ checks: { values, audit, drill } }: Pick<JobsAnswer, 'checks'>) {
  const { t, language } = useWords();
  const counted = (checked: string | number, drift: string | number) =>
    t('checkCounted', { checked: group(String(checked)), drift: group(String(drift)) });
  const seals = values?.seals;
  const result = drill && resultOf(drill);
  const rows: Check[] = [
    {
      name: t('checkValues'),
      at: values?.finishedAt,
      said: values ? counted(values.checked, values.drift) : '',
      sound: values?.drift === '0',
    },
    {
      name: t('checkSeals'),
      at: seals ? values.finishedAt : undefined,
      said: seals ? counted(seals.checked, seals.drift) : '',
      sound: seals?.drift === 0,
    },
    {
      name: t('checkAudit'),
      at: audit?.finishedAt,
      said: audit ? counted(audit.checked, audit.broken) : '',
      sound: audit?.broken === 0,
    },
    {
      name: t('checkDrill'),
      at: drill?.finishedAt,
      said: drill && result ? (drill.problem?.[language] ?? t(RESULTS[result].short)) : '',
      sound: result === 'passed',
    },
  ];
  return (
    <Card title={t('jobsChecks')}>
      <table className="jobs-table">
        <caption className="away">{t('jobsChecks')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('checkWhat')}</th>
            <th scope="col">{t('checkAt')}</th>
            <th scope="col">{t('checkResult')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, at, said, sound }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{at === undefined ? <span className="none">{t('checkNever')}</span> : sayInstant(at)}</td>
              <td className={at === undefined ? undefined : sound ? 'run-done' : 'run-failed'}>{said}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint jobs-now">
        {t('checkVerifyNow')} <code>npm run -s ledger -- verify</code>
      </p>
    </Card>
  );
}
