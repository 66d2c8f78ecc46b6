import { Button } from 'antd';
import { go } from '../address';
import { useWords } from '../language';
import { useContext } from 'react';
import { useSession } from '../session/gate';
import { ViewContext } from '../view';

/** How to begin, where there is no registry yet or nothing is logged. */
export function FirstSteps({ registry }: { registry: boolean }) {
  const { t } = useWords();
  const view = useContext(ViewContext);
  const { permissions } = useSession();
  const mayLog = permissions.includes('entries.write');
  return (
    <section className="notice">
      <h2>{t(registry ? 'emptyTitle' : 'noRegistryTitle')}</h2>
      <p>{t(!registry ? 'noRegistryText' : mayLog ? 'emptyText' : 'emptyReaders')}</p>
      {!registry && (
        <p>
          <code>npm run -s ledger -- demo</code>
        </p>
      )}
      {registry && view && mayLog && (
        <div className="toolbar">
          <Button type="primary" onClick={view.log}>
            {t('logEntry')}
          </Button>
          <Button onClick={() => go({ tab: 'import' })}>{t('importPage')}</Button>
        </div>
      )}
    </section>
  );
}
