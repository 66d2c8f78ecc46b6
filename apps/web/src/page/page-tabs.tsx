import { useWords } from '../language';

export type Tab = 'funnel' | 'assessment';

interface PageTabsProps {
  tabs: readonly Tab[];
  tab: Tab;
  change: (to: Tab) => void;
}

export function PageTabs({ tabs, tab, change }: PageTabsProps) {
  const { t } = useWords();
  return (
    <nav className="tabs" aria-label={t('parts')}>
      {tabs.map((one) => (
        <button key={one} type="button" aria-current={one === tab ? 'page' : undefined} onClick={() => change(one)}>
          {t(one === 'funnel' ? 'tabFunnel' : 'tabAssessment')}
        </button>
      ))}
    </nav>
  );
}
