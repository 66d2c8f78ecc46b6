import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { go, useAddress } from '../address';
import { worklistsQuery, type Worklists } from '../api/workbench';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Card } from '../page/card';
import { Failure } from '../page/failure';
import { OrgPicker } from '../page/org-picker';
import type { TextKey } from '../texts';
import { useView } from '../view';
import { WaitingList } from './waiting-list';
import { WAITING_UNIT } from './waiting-unit';

/** The worklists with how many wait in each, how many too long, and those of the one that is open. */
export function WhoWaits() {
  const { t } = useWords();
  const { org, orgs } = useView();
  const { list } = useAddress();
  const { data, error, refetch } = useQuery(worklistsQuery(org));
  const open = data?.lists.find(({ key }) => key === list);
  return (
    <Card title={t('waitingTitle')} hint={t('waitingHint')} actions={orgs.size > 1 ? <OrgPicker /> : undefined}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active title={false} paragraph={{ rows: 6 }} />
      ) : data.counts.length === 0 ? (
        <div className="nothing">
          <h3>{t('waitingNobody')}</h3>
          <p>{t('waitingNobodyHow')}</p>
        </div>
      ) : (
        <Lists {...data} chosen={open?.key} />
      )}
      {open && <WaitingList key={`${open.key} ${org}`} list={open} org={org} />}
    </Card>
  );
}

function Lists({ lists, counts, chosen }: Worklists & { chosen: string | undefined }) {
  const { t, label } = useWords();
  const rows = lists.map(({ key, label: name, task, on }) => {
    const those = counts.filter((one) => one.key === key);
    const sum = (of: 'waiting' | 'overdue' | 'held') => those.reduce((all, one) => all + one[of], 0);
    const longest = Math.max(0, ...those.map(({ longestDays }) => longestDays));
    return {
      key,
      name,
      task,
      unit: WAITING_UNIT[on],
      waiting: sum('waiting'),
      overdue: sum('overdue'),
      held: sum('held'),
      longest,
    };
  });
  const most = Math.max(1, ...rows.map(({ waiting }) => waiting));
  const number = (count: number, unit: TextKey) => (
    <span className={count === 0 ? 'none' : undefined}>
      {group(String(count))} <span className="unit">{t(unit, { count })}</span>
    </span>
  );
  return (
    <div className="scroll">
      <table className="numbers waiting-lists">
        <caption className="away">{t('waitingTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('waitingList')}</th>
            <th scope="col">{t('waitingCount')}</th>
            <th scope="col">{t('waitingOverdue')}</th>
            <th scope="col">{t('waitingHeld')}</th>
            <th scope="col">{t('waitingLongest')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, task, unit, waiting, overdue, held, longest }) => (
            <tr key={key} aria-current={key === chosen ? 'true' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="plain-link"
                  aria-expanded={key === chosen}
                  disabled={waiting === 0 && key !== chosen}
                  onClick={() => go({ list: key === chosen ? undefined : key })}
                >
                  {label(name)}
                </button>
                <small>{label(task)}</small>
                <span className="waiting-bar" aria-hidden="true">
                  <i className="waiting-late" style={{ width: `${(100 * overdue) / most}%` }} />
                  <i className="waiting-on" style={{ width: `${(100 * (waiting - overdue - held)) / most}%` }} />
                  <i className="waiting-held" style={{ width: `${(100 * held) / most}%` }} />
                </span>
              </th>
              <td>{number(waiting, unit)}</td>
              <td className={overdue > 0 ? 'waiting-red' : undefined}>{number(overdue, unit)}</td>
              <td>{number(held, unit)}</td>
              <td>
                {waiting === 0 ? <span className="none">—</span> : t('waitingDays', { days: group(String(longest)) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
