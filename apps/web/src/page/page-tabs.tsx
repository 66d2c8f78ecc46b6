import { useWords } from '../language';
import type { TextKey } from '../texts';

const TITLES = {
  funnel: 'tabFunnel',
  analysis: 'tabAnalysis',
  indicators: 'indicators',
  months: 'months',
  assessment: 'tabAssessment',
  quality: 'quality',
  accounts: 'accounts',
  settings: 'settings',
  drills: 'drills',
} as const satisfies Readonly<Record<string, TextKey>>;

export type Tab = keyof typeof TITLES;

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
          {t(TITLES[one])}
        </button>
      ))}
    </nav>
  );
}
