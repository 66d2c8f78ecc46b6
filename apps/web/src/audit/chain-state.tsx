import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { chainCheckQuery } from '../api/audit';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import type { TextKey } from '../texts';

const PROBLEMS: Readonly<Record<string, TextKey>> = {
  changed: 'chain_changed',
  missing: 'chain_missing',
  added: 'chain_added',
  rewritten: 'chain_rewritten',
  'left over': 'chain_left',
};

/** What the last recount of the chain found. */
export function ChainState() {
  const { t } = useWords();
  const say = useProblemSentence();
  const { data, error } = useQuery(chainCheckQuery);
  if (error && !data) return <Alert type="error" role="alert" title={say(error)} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 1 }} />;
  const { check } = data;
  if (!check) {
    return (
      <p className="chain">
        {t('chainNever')} <code>npm run -s ledger -- verify --audit</code>
      </p>
    );
  }
  const told = { at: sayInstant(check.finishedAt), checked: group(String(check.checked)) };
  if (check.broken === 0) return <p className="chain chain-sound">{t('chainSound', told)}</p>;
  return (
    <div className="chain chain-broken" role="alert">
      <p>{t('chainBroken', { ...told, broken: group(String(check.broken)) })}</p>
      <ul>
        {check.findings.map(({ seq, through, problem }) => {
          const said = PROBLEMS[problem];
          const fill = {
            seq: group(String(seq)),
            through: group(String(through)),
            problem: said ? t(said) : problem,
          };
          return <li key={`${seq} ${problem}`}>{seq === through ? t('chainPlace', fill) : t('chainPlaces', fill)}</li>;
        })}
      </ul>
    </div>
  );
}
