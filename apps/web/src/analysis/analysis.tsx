import { lazy, Suspense } from 'react';
import { go, useAddress } from '../address';
import { useWords } from '../language';
import { CardSkeleton } from '../page/card';
import { readCases } from './case-address';
import '../texts/logging';
import '../texts/entries';
import '../texts/analysis';

const Funnels = lazy(() => import('./funnels'));
const BridgeView = lazy(() => import('./bridge-view'));
const TimesView = lazy(() => import('./times-view'));
const AgesView = lazy(() => import('./ages-view'));
const CitiesView = lazy(() => import('./cities-view'));
const CasesDrawer = lazy(() => import('./cases-drawer'));

const VIEWS = { funnels: Funnels, bridge: BridgeView, times: TimesView, ages: AgesView, cities: CitiesView } as const;
type ViewName = keyof typeof VIEWS;
const NAMES = Object.keys(VIEWS) as ViewName[];

/** What lies behind conversion: each view has an address of its own. */
export default function Analysis() {
  const { t } = useWords();
  const address = useAddress();
  const shown = NAMES.find((one) => one === address.show) ?? 'funnels';
  const Shown = VIEWS[shown];
  return (
    <div className="analysis">
      <nav className="views" aria-label={t('analysisViews')}>
        {NAMES.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === shown ? 'page' : undefined}
            onClick={() => go({ show: one === 'funnels' ? undefined : one, cases: undefined })}
          >
            {t(`view_${one}`)}
          </button>
        ))}
      </nav>
      <Suspense fallback={<CardSkeleton height={480} />}>
        <Shown />
      </Suspense>
      <Suspense>{readCases(address.cases) && <CasesDrawer />}</Suspense>
    </div>
  );
}
