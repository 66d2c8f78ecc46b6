import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import type { Drill } from '../api/drills';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { momentOf, RESULTS, resultOf, sayLength, saySize } from './drill-words';

const MARKS = {
  passed: CheckCircleOutlined,
  found: CloseCircleOutlined,
  failed: CloseCircleOutlined,
  absent: MinusCircleOutlined,
};

interface LastDrillProps {
  drill: Drill;
  /** The newest ones, this one first. */
  recent: readonly Drill[];
  now: number;
}

/** The last drill as one would tell it to an inspector. */
export function LastDrill({ drill, recent, now }: LastDrillProps) {
  const words = useWords();
  const { t, language } = words;
  const result = resultOf(drill);
  const Mark = MARKS[result];
  const { file, bytes, entries, checked, drift, audit, problem } = drill;
  const moment = file === null ? null : momentOf(file);
  const passed = recent.find((one) => resultOf(one) === 'passed');
  const facts: [label: string, said: string | false | null][] = [
    [
      t('drillTime'),
      t('drillTook', {
        at: sayInstant(drill.startedAt),
        took: sayLength(drill.startedAt, drill.finishedAt, words),
      }),
    ],
    [t('drillFile'), file !== null && (bytes === null ? file : t('drillFileSize', { file, size: saySize(bytes) }))],
    [t('drillAge'), moment !== null && t('drillAgo', { at: sayInstant(moment), age: sayLength(moment, now, words) })],
    [t('drillEntries'), entries !== null && t('ofEntries', { count: group(entries) })],
    [t('drillValues'), checked !== null && t('ofValues', { count: group(checked), drift: group(drift ?? '0') })],
    [
      t('drillActs'),
      audit && t('ofActs', { count: group(String(audit.checked)), broken: group(String(audit.broken)) }),
    ],
  ];
  const reached = facts.filter(([, said]) => said);
  const unreached = facts.filter(([, said]) => !said);
  return (
    <div className="last-drill">
      <h3 className={`drill-${result}`}>
        <Mark aria-hidden="true" /> {t(RESULTS[result].title)}
      </h3>
      {problem && <p>{problem[language]}</p>}
      {result !== 'passed' && (
        <p>
          {passed
            ? t('drillLastPassed', { at: sayInstant(passed.startedAt), file: passed.file ?? '' })
            : t('drillNonePassed', { count: recent.length })}
        </p>
      )}
      <dl>
        {reached.map(([label, said]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{said}</dd>
          </div>
        ))}
        {audit && audit.checked > 0 && (
          <div>
            <dt>{t('drillLastAct')}</dt>
            <dd>
              {t('drillHash', { seq: group(audit.seq) })} <code>{audit.hash}</code>
            </dd>
          </div>
        )}
        {unreached.length > 0 && (
          <div>
            <dt>{t('drillUnreached')}</dt>
            <dd>{unreached.map(([label]) => label).join(t('enumeration'))}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
