import { useQueries } from '@tanstack/react-query';
import { createElement, lazy, Suspense, useMemo, useState } from 'react';
import { go, useAddress } from '../address';
import { catalogueQuery, orgsQuery, watchedStatusQuery } from '../api/queries';
import { isPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useEntryForm } from '../logging/use-entry-form';
import { useLogShortcut } from '../logging/use-log-shortcut';
import { lookUps, ViewContext, type Beginning, type View } from '../view';
import { AddressNotice } from './address-notice';
import { Failure } from './failure';
import { FirstSteps } from './first-steps';
import { Mark } from './mark';
import { PageHeader } from './page-header';
import { useSession } from '../session/gate';
import { CardSkeleton } from './card';
import { PageBody } from './page-body';
import { PageMenu } from './page-menu';
import { PAGES } from './pages';
import { SkipLink } from './skip-link';
import { Toolbar } from './toolbar';
import { TourOffer } from './tour-offer';
import { useEvents } from './use-events';
import { useLiveFigures } from './use-live-figures';

const FigureDrawer = lazy(() => import('../entries/figure-drawer'));
const CardDrawer = lazy(() => import('../indicators/card-drawer'));

export function Page() {
  const { t } = useWords();
  const address = useAddress();
  const { permissions } = useSession();
  const live = useEvents();
  const [status, catalogue, orgs] = useQueries({
    queries: [watchedStatusQuery(live), catalogueQuery, orgsQuery],
  });
  const [form, setForm] = useState<{ open: boolean; beginning?: Beginning }>();
  const [touring, setTouring] = useState(false);
  const mayLog = permissions.includes('entries.write');
  useLogShortcut(mayLog, () => setForm({ open: true }));
  useLiveFigures(status.data?.computedPosition);

  const known = useMemo(
    () => catalogue.data && orgs.data && { catalogue: catalogue.data, ...lookUps(catalogue.data, orgs.data) },
    [catalogue.data, orgs.data],
  );
  const ready = known !== undefined;
  const EntryForm = useEntryForm(ready && mayLog, form !== undefined);
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
  const startTour = () => {
    go({ tab: 'funnel' });
    setTouring(true);
  };
  const year = status.data.latestYear;
  const view: View = {
    ...known,
    status: status.data,
    period:
      (address.period !== undefined && isPeriod(address.period) ? address.period : year) ??
      new Date().getFullYear().toString(),
    org: address.org !== undefined && known.orgs.has(address.org) ? address.org : root,
    log: () => setForm({ open: true }),
    logAs: (beginning) => setForm({ open: true, beginning }),
  };
  const begun = year !== null;
  const whole = known.orgs.get(root)?.level === 'registry';
  const pages = PAGES.filter(({ needs, ...one }) => permissions.includes(needs) && (whole || !one.whole));
  const page = pages.find(({ code }) => code === address.tab) ?? pages[0]!;
  return (
    <ViewContext value={view}>
      <SkipLink />
      <PageHeader unreachable={status.error !== null} />
      <div className="frame">
        <PageMenu pages={pages} page={page} tour={begun ? startTour : undefined} />
        <main className="page" id="content" tabIndex={-1}>
          <AddressNotice shown={page} />
          <TourOffer open={touring} change={setTouring} />
          {page.toolbar && begun && <Toolbar />}
          <Suspense fallback={<CardSkeleton height={480} />}>
            {begun || page.fromTheStart ? <PageBody key={page.code} code={page.code} /> : <FirstSteps registry />}
          </Suspense>
        </main>
      </div>
      <Suspense>
        {address.figure !== undefined && permissions.includes('entries.read') && <FigureDrawer />}
        {address.card !== undefined && <CardDrawer />}
      </Suspense>
      {form &&
        EntryForm &&
        createElement(EntryForm, {
          ...form,
          begin: (beginning) => setForm({ open: true, beginning }),
          close: () => setForm({ open: false }),
        })}
    </ViewContext>
  );
}
