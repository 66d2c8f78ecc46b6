import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Mark } from '../page/mark';
import { useView } from '../view';

/** Says on paper whose record it is, and of when. */
export function PrintHead() {
  const { t, name } = useWords();
  const { registry } = useView().status;
  const [at, setAt] = useState('');
  useEffect(() => {
    // What is printed is what stands there when this event is over.
    const stamp = () => flushSync(() => setAt(sayInstant(new Date().toISOString())));
    window.addEventListener('beforeprint', stamp);
    return () => window.removeEventListener('beforeprint', stamp);
  }, []);
  return (
    <div className="print-head">
      <Mark />
      <div>
        <strong>{registry && name(registry)}</strong>
        <span>
          {t('product')} · {t('drillsRecord')}
          {registry?.demonstration && ` · ${t('demonstration')}`}
        </span>
      </div>
      <span>{t('printedAt', { at })}</span>
    </div>
  );
}
