import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Skeleton } from 'antd';
import { useState } from 'react';
import type { WorklistDefinition } from '../../../../libs/catalogue/worklists';
import { addressWith, go, type Address } from '../address';
import { worklistQuery, type Waiting } from '../api/workbench';
import { kindName, orgName } from '../entries/entry-words';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';

interface WaitingListProps {
  list: WorklistDefinition;
  org: string;
}

/** Who waits in one list, the longest due first, each to be seen to from here. */
export function WaitingList({ list, org }: WaitingListProps) {
  const { t, label } = useWords();
  const { permissions } = useSession();
  const [overdue, setOverdue] = useState(false);
  const found = useInfiniteQuery(worklistQuery(list.key, { org, overdue: overdue || undefined }));
  const waiting = found.data?.pages.flatMap((page) => page.waiting) ?? [];
  const may = permissions.includes('entries.write');
  return (
    <section className="waiting" aria-label={label(list.label)}>
      <div className="waiting-head">
        <h3>{label(list.label)}</h3>
        <Checkbox checked={overdue} onChange={({ target }) => setOverdue(target.checked)}>
          {t('waitingOnlyOverdue')}
        </Checkbox>
        <Button size="small" onClick={() => go({ list: undefined })}>
          {t('waitingClose')}
        </Button>
      </div>
      {found.error && !found.data ? (
        <Failure error={found.error} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 5 }} />
      ) : waiting.length === 0 ? (
        <p className="none">{t('waitingNone')}</p>
      ) : (
        <table className="waiting-people">
          <caption className="away">{label(list.label)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('waitingWho')}</th>
              <th scope="col">{t('org')}</th>
              <th scope="col">{t('waitingSince')}</th>
              <th scope="col">{t('waitingDue')}</th>
              {may && <th scope="col">{t('actions')}</th>}
            </tr>
          </thead>
          <tbody>
            {waiting.map((one) => (
              <Person key={`${one.id} ${one.step}`} one={one} list={list} may={may} />
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && (
        <p className="waiting-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('waitingMore')}
          </Button>
        </p>
      )}
    </section>
  );
}

function Person({ one, list, may }: { one: Waiting; list: WorklistDefinition; may: boolean }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { caseCode, donorCode, org, since, waitingDays, dueOn, overdue, held, step } = one;
  const [ends] = list.ends;
  const to: Address =
    caseCode === null
      ? { tab: 'ledger', code: donorCode ?? undefined, list: undefined }
      : { tab: 'cases', case: caseCode, list: undefined };
  return (
    <tr>
      <th scope="row">
        <a
          href={addressWith(to)}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            go(to);
          }}
        >
          {caseCode ?? donorCode}
        </a>
        {caseCode !== null && donorCode !== null && <small>{donorCode}</small>}
      </th>
      <td>{orgName(org, view, words)}</td>
      <td data-label={t('waitingSince')}>
        {since}
        <small>{t('waitingDays', { days: group(String(waitingDays)) })}</small>
      </td>
      <td data-label={t('waitingDue')}>
        {dueOn}
        <small>
          {list.due.length > 1 && `${t('waitingStep', { step })} `}
          {overdue && <span className="waiting-red">{t('waitingOverdue')}</span>}
          {held && t('waitingHeld')}
        </small>
      </td>
      {may && (
        <td>
          {ends && (
            <Button
              size="small"
              onClick={() =>
                view.logAs({
                  draft: { kind: ends.kind, org, caseCode: caseCode ?? undefined, donorCode: donorCode ?? undefined },
                })
              }
            >
              {t('waitingLog', { kind: kindName(ends.kind, view, words) })}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}
