import { PlusOutlined, UserOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../language';
import { useSession } from '../session/gate';
import { SignOut } from '../session/sign-out';
import { useView } from '../view';
import { Freshness } from './freshness';
import { Mark } from './mark';

const OwnAccount = lazy(() => import('../accounts/own-account'));

export function PageHeader({ unreachable }: { unreachable: boolean }) {
  const { t, name, label, language, change } = useWords();
  const { status, log } = useView();
  const [account, setAccount] = useState<'never' | 'open' | 'closed'>('never');
  const { displayName, role, permissions } = useSession();
  return (
    <header className="header">
      <div className="header-inner">
        <Mark />
        <div className="brand">
          <h1>{t('product')}</h1>
          <span className="registry">{status.registry && name(status.registry)}</span>
        </div>
        {status.registry?.demonstration && (
          <strong className="demonstration" title={t('demonstrationHint')}>
            {t('demonstration')}
          </strong>
        )}
        <Freshness unreachable={unreachable} />
        <div className="header-actions">
          <Button
            type="text"
            className="language"
            lang={language === 'zh' ? 'en' : 'zh-CN'}
            onClick={() => change(language === 'zh' ? 'en' : 'zh')}
          >
            {language === 'zh' ? 'English' : '中文'}
          </Button>
          <Button
            type="text"
            icon={<UserOutlined aria-hidden="true" />}
            className="signed-in"
            title={label(role.label)}
            onClick={() => setAccount('open')}
          >
            <span className="away">{t('ownAccount')} </span>
            <span className="signed-in-name">{displayName}</span>
          </Button>
          <SignOut />
          {permissions.includes('entries.write') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={log}>
              {t('logEntry')}
            </Button>
          )}
        </div>
      </div>
      <Suspense>
        {account !== 'never' && <OwnAccount open={account === 'open'} close={() => setAccount('closed')} />}
      </Suspense>
    </header>
  );
}
