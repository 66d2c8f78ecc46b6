import { Button } from 'antd';
import type { CSSProperties } from 'react';
import type { Account } from '../api/accounts';
import { useWords } from '../language';
import type { OrgDoing } from './org-dialog';
import type { Branch } from './org-tree';
import { levelName, sayState } from './org-words';

/** So many are named. */
const NAMED = 3;

interface OrgRowProps extends Branch {
  /** Those of the org itself. */
  accounts: readonly Account[];
  today: string;
  begin: (doing: OrgDoing) => void;
}

export function OrgRow({ org, depth, accounts, today, begin }: OrgRowProps) {
  const words = useWords();
  const { t, name } = words;
  const called = { name: name(org) };
  const closed = org.closedOn !== null;
  return (
    <tr className={closed ? 'ended' : undefined} style={{ '--depth': depth } as CSSProperties}>
      <th scope="row">
        {called.name} <small>{org.org}</small>
      </th>
      <td>{levelName(org.level, words)}</td>
      <td className={closed ? 'org-closed' : 'org-open'}>{sayState(org, today, words)}</td>
      <td className="org-accounts">
        {accounts.length === 0 ? (
          <span className="none">{t('orgNoAccounts')}</span>
        ) : (
          <>
            {accounts
              .slice(0, NAMED)
              .map(({ displayName }) => displayName)
              .join(t('listComma'))}
            {accounts.length > NAMED && <small>{t('orgAccountsMore', { count: accounts.length })}</small>}
          </>
        )}
      </td>
      <td className="org-actions">
        {!closed && (
          <Button size="small" aria-label={t('orgAddOf', called)} onClick={() => begin('add')}>
            {t('orgAdd')}
          </Button>
        )}
        <Button size="small" aria-label={t('orgRenameOf', called)} onClick={() => begin('rename')}>
          {t('orgRename')}
        </Button>
        {org.level !== 'registry' &&
          (closed ? (
            <Button size="small" aria-label={t('orgReopenOf', called)} onClick={() => begin('reopen')}>
              {t('orgReopen')}
            </Button>
          ) : (
            <Button size="small" danger aria-label={t('orgCloseOf', called)} onClick={() => begin('close')}>
              {t('orgClose')}
            </Button>
          ))}
      </td>
    </tr>
  );
}
