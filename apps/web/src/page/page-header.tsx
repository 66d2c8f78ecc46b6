import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useWords } from '../language';
import { useSession } from '../session/gate';
import { SignOut } from '../session/sign-out';
import { useView } from '../view';
import { Freshness } from './freshness';
import { Mark } from './mark';

export function PageHeader({ unreachable }: { unreachable: boolean }) {
  const { t, name, label, language, change } = useWords();
  const { status, log } = useView();
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
          <span className="signed-in" title={label(role.label)}>
            {displayName}
          </span>
          <SignOut />
          {permissions.includes('entries.write') && (
            <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={log}>
              {t('logEntry')}
            </Button>
          )}
        </div>
      </div>
    </header>
  );
}
