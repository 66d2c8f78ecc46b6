import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { accountsQuery, type Account } from '../api/accounts';
import { useWords } from '../language';
import { CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { AccountDialog } from './account-dialog';
import { AccountRow } from './account-row';
import { ShownOnce, type Secret } from './shown-once';
import '../texts/accounts';

/** The accounts of the administrator's subtree. */
export default function Accounts() {
  const { t } = useWords();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(accountsQuery);
  const [edited, setEdited] = useState<Account | 'new'>();
  const [secret, setSecret] = useState<Secret>();
  const [sought, setSought] = useState('');
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={420} />;
  const known = () => queries.invalidateQueries(accountsQuery);
  const shown = data.accounts.filter(({ name, displayName }) =>
    `${name} ${displayName}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  return (
    <section className="card" aria-label={t('accounts')}>
      <div className="card-head">
        <div>
          <h2>{t('accounts')}</h2>
          <p className="hint">{t('accountsHint')}</p>
        </div>
        <div className="card-actions accounts-actions">
          <Input.Search
            aria-label={t('seekAccount')}
            placeholder={t('seekAccount')}
            allowClear
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('addAccount')}
          </Button>
        </div>
      </div>
      <table className="accounts">
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('org')}</th>
            <th scope="col">{t('accountState')}</th>
            <th scope="col">
              <span className="away">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              role={data.roles.find(({ code }) => code === account.role)}
              edit={() => setEdited(account)}
              changed={known}
              tell={setSecret}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="none">{t('noAccountFound')}</p>}
      {edited && (
        <AccountDialog
          account={edited === 'new' ? undefined : edited}
          roles={data.roles}
          labels={data.labels}
          close={(made) => {
            setEdited(undefined);
            setSecret(made);
            void known();
          }}
        />
      )}
      {secret && <ShownOnce secret={secret} close={() => setSecret(undefined)} />}
    </section>
  );
}
