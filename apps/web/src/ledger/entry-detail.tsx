import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, notification, Skeleton } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { go } from '../address';
import { entryHistoryQuery, LEDGER, type EntryHistory, type LedgerEntry } from '../api/ledger';
import { kindName, orgName, outcomeName, reasonName } from '../entries/entry-words';
import { group, sayInstant } from '../figures/format';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { draftOf } from '../logging/entry-draft';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { EntryFigures } from './entry-figures';
import { NO_SEARCH } from './ledger-address';
import { ReverseDialog } from './reverse-dialog';
import { saySource } from '../entries/source-words';

/** One entry: what it says, what became of it, and which figures it counts in. */
export function EntryDetail({ id }: { id: string }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { permissions } = useSession();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(entryHistoryQuery(id));
  const [reversing, setReversing] = useState(false);
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const entry = data?.entry;
  const stands = entry !== undefined && entry.reverses === null && entry.reversedBy === null;
  const may = stands && permissions.includes('entries.write');
  const panel = useRef<HTMLDivElement>(null);
  // What was corrected has no button any more that the focus could come back to.
  useEffect(() => {
    if (!may && document.activeElement === document.body) panel.current?.focus();
  }, [may]);
  return (
    <Drawer
      panelRef={panel}
      open
      size="min(640px, 100vw)"
      onClose={() => go({ entry: undefined })}
      title={t('entryTitle')}
      extra={
        may && (
          <div className="found-actions">
            <Button size="small" onClick={() => view.logAs({ draft: draftOf(entry), replaces: entry })}>
              {t('correct')}
            </Button>
            <Button size="small" danger onClick={() => setReversing(true)}>
              {t('reverse')}
            </Button>
          </div>
        )
      }
    >
      {toasts}
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : (
        <div className="entry-detail">
          <EntryContent entry={data.entry} />
          <section>
            <h3>{t('entryCountsIn')}</h3>
            <EntryFigures entry={data.entry} />
          </section>
          <section>
            <h3>{t('entryHistory')}</h3>
            <History history={data} />
          </section>
        </div>
      )}
      {reversing && entry && (
        <ReverseDialog
          entries={[entry]}
          close={(done) => {
            setReversing(false);
            if (!done) return;
            toast.success({ title: t('reversedDone') });
            void queries.invalidateQueries({ queryKey: [LEDGER] });
          }}
        />
      )}
    </Drawer>
  );
}

function EntryContent({ entry }: { entry: LedgerEntry }) {
  const words = useWords();
  const { t, label, unit } = words;
  const view = useView();
  const kind = view.kinds.get(entry.kind);
  const attributes = Object.entries(entry.attributes ?? {}).map(([code, value]): [string, ReactNode] => {
    const definition = kind?.attributes?.find((one) => one.code === code);
    const choice = definition?.choices?.find((one) => one.code === value);
    return [definition ? label(definition.label) : code, choice ? label(choice.label) : value];
  });
  const rows: [string, ReactNode][] = [
    [
      t('kindAndOutcome'),
      [kindName(entry.kind, view, words), outcomeName(entry.kind, entry.outcome, view, words)]
        .filter(Boolean)
        .join(' · '),
    ],
    [t('searchReason'), reasonName(entry.reason, view, words)],
    [t('occurredOn'), entry.occurredOn],
    [t('entryPosted'), sayPeriod(entry.postedMonth, words)],
    [t('org'), orgName(entry.org, view, words)],
    [
      t('code_case'),
      entry.caseCode && (
        <>
          <code>{entry.caseCode}</code>{' '}
          <Button
            type="link"
            size="small"
            onClick={() => go({ tab: 'cases', case: entry.caseCode ?? undefined, entry: undefined })}
          >
            {t('openCase')}
          </Button>
        </>
      ),
    ],
    [t('code_donor'), entry.donorCode && <code>{entry.donorCode}</code>],
    [t('code_sample'), entry.sampleCode && <code>{entry.sampleCode}</code>],
    [t('ledgerQuantity'), `${group(entry.quantity)} ${unit(kind?.unit ?? '', entry.quantity)}`],
    ...attributes,
    [t('entryNoteLabel'), entry.note],
    [t('justification'), entry.justification],
    [t('entryPosition'), group(entry.position)],
    [t('entryId'), <code key="id">{entry.id}</code>],
  ];
  return (
    <dl className="entry-fields" aria-label={t('entryFields')}>
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function History({ history }: { history: EntryHistory }) {
  const words = useWords();
  const { t } = words;
  const { entry, reversal, original, replacements, replaced, origin } = history;
  return (
    <ol className="entry-history">
      {replaced.map((one) => (
        <Event key={one.id} name={t('entryReplaces')} entry={one} link />
      ))}
      {original && <Event name={t('entryTakesBack')} entry={original} link />}
      <Event name={entry.reverses === null ? t('entryLogged') : t('entryReversedAt')} entry={entry}>
        {origin && (
          <small>
            {t('entryOrigin', { file: origin.fileName, row: origin.row })}{' '}
            <button
              type="button"
              className="plain-link"
              onClick={() => go({ ...NO_SEARCH, import: origin.importId, entry: undefined })}
            >
              {t('entryOriginMore')}
            </button>
          </small>
        )}
      </Event>
      {reversal && <Event name={t('entryReversedAt')} entry={reversal} link />}
      {replacements.map((one) => (
        <Event key={one.id} name={t('entryReplacedBy')} entry={one} link />
      ))}
    </ol>
  );
}

interface EventProps {
  name: string;
  entry: LedgerEntry;
  /** Whether it opens the entry. */
  link?: true;
  children?: ReactNode;
}

function Event({ name, entry, link, children }: EventProps) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const what = [
    entry.occurredOn,
    kindName(entry.kind, view, words),
    outcomeName(entry.kind, entry.outcome, view, words),
    group(entry.quantity),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <li>
      <strong>{name}</strong> {sayInstant(entry.recordedAt)}
      <small>
        {t('entryLoggedBy', { by: entry.recordedBy, source: saySource(entry.source, words) })} · {t('entryPosition')}{' '}
        {group(entry.position)}
      </small>
      {link && (
        <button type="button" className="plain-link" onClick={() => go({ entry: entry.id })}>
          {what}
        </button>
      )}
      {entry.justification && <small>{t('because', { text: entry.justification })}</small>}
      {children}
    </li>
  );
}
