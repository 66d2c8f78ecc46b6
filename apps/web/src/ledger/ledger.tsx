import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, notification } from 'antd';
import { useState } from 'react';
import { go, useAddress } from '../address';
import { LEDGER, ledgerQuery, type LedgerEntry, type LedgerSearch } from '../api/ledger';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { OrgPicker } from '../page/org-picker';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { EntryDetail } from './entry-detail';
import { EntryRows } from './entry-rows';
import { LedgerSearchForm } from './ledger-search-form';
import { NO_SEARCH, readSearch } from './ledger-address';
import { ReverseDialog } from './reverse-dialog';
import '../styles/ledger.css';
import '../texts/entries';
import '../texts/ledger';
import '../texts/logging';

const AT_ONCE = 1_000;

/** All entries within reach: found by anything, opened, reversed, corrected, handed out as a file. */
export default function Ledger() {
  const { t } = useWords();
  const view = useView();
  const address = useAddress();
  const asked = readSearch(address, view.org);
  return (
    <>
      <Card title={t('ledger')} hint={t('ledgerHint')} actions={<OrgPicker />}>
        <LedgerSearchForm />
        <Found key={JSON.stringify(asked)} asked={asked} />
      </Card>
      {address.entry !== undefined && <EntryDetail key={address.entry} id={address.entry} />}
    </>
  );
}

function Found({ asked }: { asked: LedgerSearch }) {
  const { t } = useWords();
  const view = useView();
  const { permissions } = useSession();
  const queries = useQueryClient();
  const [picked, setPicked] = useState<ReadonlyMap<string, LedgerEntry>>(new Map());
  const [reversing, setReversing] = useState(false);
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const { data, error, isPending, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, dataUpdatedAt } =
    useInfiniteQuery(ledgerQuery(asked));
  const may = permissions.includes('entries.write');
  const { position } = view.status;
  // What was read is up to date with the ledger as it was just then.
  const [seen, setSeen] = useState({ at: dataUpdatedAt, position });
  if (seen.at !== dataUpdatedAt) setSeen({ at: dataUpdatedAt, position });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <CardSkeleton height={480} />;
  const entries = data.pages.flatMap((page) => page.entries);
  const total = data.pages[0]?.total ?? entries.length;
  const parameters = new URLSearchParams(
    Object.entries(asked).flatMap(([field, value]) => (value === undefined ? [] : [[field, String(value)]])),
  );
  return (
    <>
      {toasts}
      <div className="found-head">
        <p aria-live="polite">{t('foundEntries', { count: group(String(total)) })}</p>
        {seen.position !== position && (
          <Button size="small" type="link" loading={isFetching} onClick={() => void refetch()}>
            {t('newEntries')}
          </Button>
        )}
        <span className="found-actions">
          {picked.size > 0 && (
            <>
              <span aria-live="polite">{t('pickedCount', { count: picked.size })}</span>
              <Button size="small" onClick={() => setPicked(new Map())}>
                {t('pickNone')}
              </Button>
              <Button
                size="small"
                danger
                disabled={picked.size > AT_ONCE}
                title={picked.size > AT_ONCE ? t('reversePickedTooMany') : undefined}
                onClick={() => setReversing(true)}
              >
                {t('reversePicked')}
              </Button>
            </>
          )}
          {total > 0 && (
            <>
              <Button size="small" href={`/api/entries/export?format=xlsx&${parameters}`} download>
                {t('exportXlsx')}
              </Button>
              <Button size="small" href={`/api/entries/export?format=csv&${parameters}`} download>
                {t('exportCsv')}
              </Button>
            </>
          )}
        </span>
      </div>
      {entries.length === 0 ? (
        <div className="nothing">
          <h3>{t('foundNothing')}</h3>
          <p>{t('foundNothingHow')}</p>
          <span className="found-actions">
            <Button onClick={() => go(NO_SEARCH)}>{t('searchClear')}</Button>
            {may && (
              <Button type="primary" onClick={view.log}>
                {t('logEntry')}
              </Button>
            )}
          </span>
        </div>
      ) : (
        <EntryRows
          entries={entries}
          total={total}
          more={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
          pick={may ? { picked, change: setPicked } : undefined}
        />
      )}
      {reversing && (
        <ReverseDialog
          entries={[...picked.values()]}
          close={(done) => {
            setReversing(false);
            if (!done) return;
            toast.success({ title: t('reversedPicked', { count: picked.size }) });
            setPicked(new Map());
            void queries.invalidateQueries({ queryKey: [LEDGER] });
          }}
        />
      )}
    </>
  );
}
