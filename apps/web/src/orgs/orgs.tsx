import { useQuery } from '@tanstack/react-query';
import { Input, notification } from 'antd';
import { useState } from 'react';
import { dateInShanghai } from '../../../../libs/core/period';
import { accountsQuery } from '../api/accounts';
import type { Org } from '../api/answers';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { OrgDialog, type OrgDoing } from './org-dialog';
import { OrgRow } from './org-row';
import { inOrder } from './org-tree';
import '../styles/orgs.css';
import '../texts/orgs';

/** The tree of orgs: added to, renamed, closed; and who has accounts where. */
export default function Orgs() {
  const { t } = useWords();
  const { orgs } = useView();
  const { permissions } = useSession();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const [sought, setSought] = useState('');
  const [begun, setBegun] = useState<{ org: Org; doing: OrgDoing }>();
  const seesAccounts = permissions.includes('accounts.manage');
  const { data, error, refetch } = useQuery({ ...accountsQuery, enabled: seesAccounts });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (seesAccounts && !data) return <CardSkeleton height={480} />;
  const today = dateInShanghai(new Date());
  const accountsOf = ({ org }: Org) => data?.accounts.filter((one) => one.org === org && one.disabledAt === null) ?? [];
  const text = sought.trim().toLowerCase();
  const shown = inOrder(orgs).filter(({ org }) =>
    `${org.org} ${org.nameZh} ${org.nameEn}`.toLowerCase().includes(text),
  );
  return (
    <Card
      title={t('orgs')}
      hint={t('orgsHint')}
      actions={
        <Input.Search
          aria-label={t('orgSeek')}
          placeholder={t('orgSeek')}
          allowClear
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
      }
    >
      {toasts}
      <table className="orgs">
        <caption className="away">{t('orgsTree')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('orgName')}</th>
            <th scope="col">{t('orgLevel')}</th>
            <th scope="col">{t('orgState')}</th>
            <th scope="col">{t('orgAccounts')}</th>
            <th scope="col">
              <span className="away">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ org, depth }) => (
            <OrgRow
              key={org.org}
              org={org}
              depth={text === '' ? depth : 0}
              accounts={accountsOf(org)}
              today={today}
              begin={(doing) => setBegun({ org, doing })}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="none">{t('orgNoneFound')}</p>}
      {orgs.size === 1 && <p className="none">{t('orgOnlyRoot')}</p>}
      {begun && (
        <OrgDialog
          {...begun}
          accounts={accountsOf(begun.org)}
          close={(done) => {
            setBegun(undefined);
            if (done !== undefined) toast.success({ title: done });
          }}
        />
      )}
    </Card>
  );
}
