import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../language';
import { Mark } from '../page/mark';

/** A page with one form in its middle, for who is not in yet. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  const { t, language, change } = useWords();
  return (
    <main className="plain-page">
      <div className="first">
        <Mark />
        <h1>{t('product')}</h1>
        <Button
          type="text"
          className="language"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => change(language === 'zh' ? 'en' : 'zh')}
        >
          {language === 'zh' ? 'English' : '中文'}
        </Button>
      </div>
      <section className="card plain-card" aria-label={title}>
        <h2>{title}</h2>
        {children}
      </section>
    </main>
  );
}
