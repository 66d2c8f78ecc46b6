import { useWords } from '../language';

export type Tab = 'funnel' | 'assessment';
const TABS = ['funnel', 'assessment'] as const;

export function PageTabs({ tab, change }: { tab: Tab; change: (to: Tab) => void }) {
  const { t } = useWords();
  return (
    <nav className="tabs" aria-label={t('parts')}>
      {TABS.map((one) => (
        <button key={one} type="button" aria-current={one === tab ? 'page' : undefined} onClick={() => change(one)}>
          {t(one === 'funnel' ? 'tabFunnel' : 'tabAssessment')}
        </button>
      ))}
    </nav>
  );
}
