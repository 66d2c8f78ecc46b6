import { Button } from 'antd';
import type { Finding, QualityRule } from '../api/quality';
import { orgName } from '../entries/entry-words';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useSession } from '../session/gate';
import { useView } from '../view';
import type { Verdict } from './finding-dialog';

interface FindingsTableProps {
  findings: readonly Finding[];
  rules: readonly QualityRule[];
  /** Whether the reader may see to them. */
  may: boolean;
  change: (finding: Finding, to: object) => Promise<void>;
  judge: (finding: Finding, to: Verdict) => void;
}

export function FindingsTable({ findings, rules, ...doing }: FindingsTableProps) {
  const { t } = useWords();
  return (
    <table className="findings">
      <caption className="away">{t('qualityFindings')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('columnRule')}</th>
          <th scope="col">{t('columnWhere')}</th>
          <th scope="col">{t('columnFound')}</th>
          <th scope="col">{t('columnOwner')}</th>
          <th scope="col">{t('findingState')}</th>
          {doing.may && (
            <th scope="col">
              <span className="away">{t('actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => (
          <FindingRow
            key={finding.id}
            finding={finding}
            rule={rules.find(({ code }) => code === finding.rule)}
            {...doing}
          />
        ))}
      </tbody>
    </table>
  );
}

interface FindingRowProps extends Omit<FindingsTableProps, 'findings' | 'rules'> {
  finding: Finding;
  rule: QualityRule | undefined;
}

function FindingRow({ finding, rule, may, change, judge }: FindingRowProps) {
  const words = useWords();
  const { t, label, language } = words;
  const view = useView();
  const { measured, expected, period, state, owner, reason } = finding;
  return (
    <tr>
      <th scope="row">
        {rule && <span className={`badge badge-${rule.severity}`}>{t(`severity_${rule.severity}`)}</span>}
        {rule ? label(rule.label) : finding.rule}
      </th>
      <td>
        {orgName(finding.org, view, words)}
        <small>{period === '' ? t('sinceStart') : period}</small>
      </td>
      <td className="found">
        {finding.sentence[language]}
        {expected !== null && <small>{t('measuredExpected', { measured, expected })}</small>}
        {rule && state === 'open' && <small>{t('findingTask', { task: label(rule.task) })}</small>}
      </td>
      <td>{owner ?? <span className="none">{t('ownerNone')}</span>}</td>
      <td>
        <span
          className={`finding-${state}`}
          title={t('findingSeen', { first: sayInstant(finding.firstSeenAt), last: sayInstant(finding.lastSeenAt) })}
        >
          {t(`findingState_${state}`)}
        </span>
        {reason !== null && <small>{reason}</small>}
      </td>
      {may && (
        <td className="finding-actions">
          <FindingActions finding={finding} change={change} judge={judge} />
        </td>
      )}
    </tr>
  );
}

function FindingActions({ finding, change, judge }: Pick<FindingRowProps, 'finding' | 'change' | 'judge'>) {
  const { t } = useWords();
  const { name } = useSession();
  const { state, owner } = finding;
  if (state === 'gone') return null;
  const own = owner === name;
  return (
    <>
      {state === 'open' ? (
        <>
          <Button size="small" onClick={() => void change(finding, { owner: own ? null : name })}>
            {t(own ? 'release' : 'take')}
          </Button>
          <Button size="small" onClick={() => judge(finding, 'acknowledged')}>
            {t('acknowledge')}
          </Button>
          <Button size="small" onClick={() => judge(finding, 'resolved')}>
            {t('resolve')}
          </Button>
        </>
      ) : (
        <Button size="small" onClick={() => void change(finding, { state: 'open' })}>
          {t('findingReopen')}
        </Button>
      )}
    </>
  );
}
