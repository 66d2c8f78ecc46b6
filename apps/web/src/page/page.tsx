import { useQueries } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { go, useAddress } from '../address';
import { catalogueQuery, orgsQuery, statusQuery } from '../api/queries';
import { isPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { lookUps, ViewContext, type View } from '../view';
import { Failure } from './failure';
import { FirstSteps } from './first-steps';
import { Overview } from '../overview/overview';
import { Mark } from './mark';
import { PageHeader } from './page-header';
import { useSession } from '../session/gate';
import { CardSkeleton } from './card';
import { PageTabs, type Tab } from './page-tabs';
import { Toolbar } from './toolbar';
import { useLiveFigures } from './use-live-figures';

const FigureDrawer = lazy(() => import('../entries/figure-drawer'));
const EntryForm = lazy(() => import('../logging/entry-drawer'));
const Accounts = lazy(() => import('../accounts/accounts'));
const Analysis = lazy(() => import('../analysis/analysis'));
const Assessment = lazy(() => import('../assessment/assessment'));
const Drills = lazy(() => import('../drills/drills'));
const Indicators = lazy(() => import('../indicators/indicators'));
const Quality = lazy(() => import('../quality/quality'));
const Settings = lazy(() => import('../settings/settings'));
const Months = lazy(() => import('../months/months'));

export function Page() {
  const { t } = useWords();
  const address = useAddress();
  const { permissions } = useSession();
  const [status, catalogue, orgs] = useQueries({ queries: [statusQuery, catalogueQuery, orgsQuery] });
  const [form, setForm] = useState<'never' | 'open' | 'closed'>('never');
  useLiveFigures(status.data?.computedPosition);

  const known = useMemo(
    () => catalogue.data && orgs.data && { catalogue: catalogue.data, ...lookUps(catalogue.data, orgs.data) },
    [catalogue.data, orgs.data],
  );
  const failed = [status, catalogue, orgs].find((query) => query.error && !query.data);
  if (failed) {
    const retry = () => [status, catalogue, orgs].forEach((query) => void query.refetch());
    return (
      <main className="page">
        <Failure error={failed.error} retry={retry} />
      </main>
    );
  }
  if (!status.data || !known) {
    return (
      <main className="page" aria-busy="true" aria-label={t('loading')}>
        <CardSkeleton height={120} />
        <CardSkeleton height={420} />
      </main>
    );
  }

  const root = status.data.root;
  if (!status.data.registry || root === null) {
    return (
      <main className="page">
        <div className="first">
          <Mark />
          <h1>{t('product')}</h1>
        </div>
        <FirstSteps registry={false} />
      </main>
    );
  }
  const year = status.data.latestYear;
  const view: View = {
    ...known,
    status: status.data,
    period:
      (address.period !== undefined && isPeriod(address.period) ? address.period : year) ??
      new Date().getFullYear().toString(),
    org: address.org !== undefined && known.orgs.has(address.org) ? address.org : root,
    log: () => setForm('open'),
  };
  const begun = year !== null;
  const whole = known.orgs.get(root)?.level === 'registry';
  const tabs = tabsFor(permissions, whole && begun);
  const tab = tabs.find((one) => one === address.tab) ?? tabs[0];
  return (
    <ViewContext value={view}>
      <PageHeader unreachable={status.error !== null} />
      <main className="page">
        {(begun || tabs.length > 1) && (
          <div className="bar-line">
            <PageTabs tabs={tabs} tab={tab} change={(to) => go({ tab: to === tabs[0] ? undefined : to })} />
            {(tab === 'funnel' || tab === 'analysis' || tab === 'indicators') && begun && <Toolbar />}
          </div>
        )}
        <Suspense fallback={<CardSkeleton height={480} />}>
          {tab === 'accounts' ? (
            <Accounts />
          ) : tab === 'settings' ? (
            <Settings />
          ) : tab === 'drills' ? (
            <Drills />
          ) : !begun ? (
            <FirstSteps registry />
          ) : tab === 'indicators' ? (
            <Indicators />
          ) : tab === 'quality' ? (
            <Quality />
          ) : tab === 'analysis' ? (
            <Analysis />
          ) : tab === 'months' ? (
            <Months />
          ) : tab === 'assessment' ? (
            <Assessment />
          ) : (
            <Overview />
          )}
        </Suspense>
      </main>
      <Suspense>
        {address.figure !== undefined && <FigureDrawer />}
        {form !== 'never' && permissions.includes('entries.write') && (
          <EntryForm open={form === 'open'} close={() => setForm('closed')} />
        )}
      </Suspense>
    </ViewContext>
  );
}

/** @param form whether there is a self-assessment to show: it is the registry's own, and not of a part of it */
function tabsFor(permissions: readonly string[], form: boolean): [Tab, ...Tab[]] {
  const drills: Tab[] = permissions.includes('backups.read') ? ['drills'] : [];
  // Who keeps the accounts sees no figures.
  if (permissions.includes('accounts.manage')) return ['accounts', 'settings', ...drills];
  const assessment: Tab[] = form ? ['assessment'] : [];
  return ['funnel', 'analysis', 'indicators', 'months', 'quality', ...assessment, ...drills];
}
