import { Checkbox, Select } from 'antd';
import type { FindingFilter, FindingState, FindingSummary, QualityRule, Severity } from '../api/quality';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Choice } from '../page/choice';
import { useSession } from '../session/gate';

const SEVERITIES = ['wrong', 'doubtful', 'late'] as const satisfies readonly Severity[];
const STATES = ['open', 'acknowledged', 'resolved', 'gone'] as const satisfies readonly FindingState[];

interface QualityFilterProps {
  rules: readonly QualityRule[];
  counts: FindingSummary['counts'];
  asked: Omit<FindingFilter, 'org'>;
  ask: (to: Omit<FindingFilter, 'org'>) => void;
}

/** How many findings are open, and which of them are listed. */
export function QualityFilter({ rules, counts, asked, ask }: QualityFilterProps) {
  const { t, label } = useWords();
  const { name, permissions } = useSession();
  const openOf = (codes: readonly string[]) =>
    counts.filter(({ rule }) => codes.includes(rule)).reduce((sum, { open }) => sum + open, 0);
  const those = (severity: Severity) => rules.filter((rule) => rule.severity === severity);
  const unowned = counts.reduce((sum, one) => sum + one.unowned, 0);
  const tallies = [
    { title: t('qualityOpen'), count: openOf(rules.map(({ code }) => code)) },
    ...SEVERITIES.map((one) => ({
      title: t(`severity_${one}`),
      count: openOf(those(one).map(({ code }) => code)),
    })),
    { title: t('qualityUnowned'), count: unowned },
  ];
  return (
    <>
      <dl className="tallies">
        {tallies.map(({ title, count }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{group(String(count))}</dd>
          </div>
        ))}
      </dl>
      <div className="quality-filter">
        <Choice<FindingState | 'any'>
          name={t('findingState')}
          value={asked.state ?? 'any'}
          choose={(state) => ask({ ...asked, state: state === 'any' ? undefined : state })}
          options={[...STATES, 'any' as const].map((value) => ({ value, label: t(`findingState_${value}`) }))}
        />
        <Select<Severity | ''>
          aria-label={t('severity')}
          value={asked.severity ?? ''}
          onChange={(severity) => ask({ ...asked, rule: undefined, severity: severity || undefined })}
          options={[
            { value: '', label: t('severityAny') },
            ...SEVERITIES.map((value) => ({ value, label: t(`severity_${value}`) })),
          ]}
        />
        <Select
          aria-label={t('qualityRule')}
          value={asked.rule ?? ''}
          onChange={(rule) => ask({ ...asked, severity: undefined, rule: rule || undefined })}
          className="rule-picker"
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: t('qualityRuleAny') },
            ...SEVERITIES.map((one) => ({
              label: t(`severity_${one}`),
              options: those(one).map(({ code, label: name }) => ({
                value: code,
                label: t('ruleCount', { rule: label(name), count: openOf([code]) }),
              })),
            })),
          ]}
        />
        {permissions.includes('findings.write') && (
          <Checkbox
            checked={asked.owner !== undefined}
            onChange={({ target }) => ask({ ...asked, owner: target.checked ? name : undefined })}
          >
            {t('qualityMine')}
          </Checkbox>
        )}
      </div>
    </>
  );
}
