import { Checkbox } from 'antd';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { go } from '../address';
import type { LedgerEntry } from '../api/ledger';
import { codesOf, kindName, orgName, outcomeName, reasonName } from '../entries/entry-words';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useView } from '../view';
import { useWindow } from './use-window';

/** So far before the end of what was read the next page is asked for. */
const AHEAD = 120;
const ROW = 46;
const ROW_NARROW = 92;

const NARROW = window.matchMedia('(max-width: 760px)');
const watchWidth = (changed: () => void) => {
  NARROW.addEventListener('change', changed);
  return () => NARROW.removeEventListener('change', changed);
};

interface Picking {
  picked: ReadonlyMap<string, LedgerEntry>;
  change: (picked: ReadonlyMap<string, LedgerEntry>) => void;
}

interface EntryRowsProps {
  /** Those read so far. */
  entries: readonly LedgerEntry[];
  total: number;
  more: () => void;
  /** For who may reverse. */
  pick?: Picking;
}

/** A list of any length, of which only the rows in sight are in the page. */
export function EntryRows({ entries, total, more, pick }: EntryRowsProps) {
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useSyncExternalStore(watchWidth, () => NARROW.matches);
  const height = narrow ? ROW_NARROW : ROW;
  const { first, last } = useWindow(scroller, height, entries.length);
  const nearEnd = last > entries.length - AHEAD;
  useEffect(() => {
    if (nearEnd) more();
  }, [nearEnd, entries.length, more]);
  return (
    <div
      className="ledger-scroller"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t('ledgerList')}
      style={{ '--row': `${height}px` } as React.CSSProperties}
    >
      <table className="ledger-rows" aria-rowcount={total + 1}>
        <caption className="away">{t('ledger')}</caption>
        <thead>
          <tr>
            {pick && (
              <th scope="col" className="ledger-pick">
                <span className="away">{t('columnPick')}</span>
              </th>
            )}
            <th scope="col" className="ledger-day">
              {t('occurredOn')}
            </th>
            <th scope="col">{t('kindAndOutcome')}</th>
            <th scope="col" className="ledger-org">
              {t('org')}
            </th>
            <th scope="col" className="ledger-codes">
              {t('codes')}
            </th>
            <th scope="col" className="right ledger-quantity">
              {t('ledgerQuantity')}
            </th>
            <th scope="col" className="ledger-logged">
              {t('columnLogged')}
            </th>
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Space rows={first} height={height} />}
          {entries.slice(first, last).map((entry, index) => (
            <Row key={entry.id} entry={entry} place={first + index} pick={pick} />
          ))}
          {last < entries.length && <Space rows={entries.length - last} height={height} />}
        </tbody>
      </table>
      {entries.length < total && <p className="hint ledger-coming">{t('loading')}…</p>}
    </div>
  );
}

function Space({ rows, height }: { rows: number; height: number }) {
  return (
    <tr aria-hidden="true" className="ledger-space">
      <td colSpan={7} style={{ height: rows * height }} />
    </tr>
  );
}

function Row({ entry, place, pick }: { entry: LedgerEntry; place: number; pick?: Picking }) {
  const words = useWords();
  const { t, unit } = words;
  const view = useView();
  const struck = entry.reversedBy !== null || entry.reverses !== null;
  const kind = kindName(entry.kind, view, words);
  const outcome = outcomeName(entry.kind, entry.outcome, view, words);
  const reason = reasonName(entry.reason, view, words);
  const codes = codesOf(entry);
  const what = [entry.occurredOn, orgName(entry.org, view, words), kind, ...codes].join(' ');
  const choose = (chosen: boolean) => {
    if (!pick) return;
    const picked = new Map(pick.picked);
    if (chosen) picked.set(entry.id, entry);
    else picked.delete(entry.id);
    pick.change(picked);
  };
  return (
    <tr
      aria-rowindex={place + 2}
      className={struck ? 'struck' : undefined}
      onClick={(event) => {
        if (!(event.target as Element).closest('a, button, input, label')) go({ entry: entry.id });
      }}
    >
      {pick && (
        <td className="ledger-pick">
          {!struck && (
            <Checkbox
              aria-label={t('pickEntry', { what })}
              checked={pick.picked.has(entry.id)}
              onChange={({ target }) => choose(target.checked)}
            />
          )}
        </td>
      )}
      <td className="ledger-day">
        {entry.occurredOn}
        {!entry.occurredOn.startsWith(entry.postedMonth) && (
          <small>{t('postedTo', { month: entry.postedMonth })}</small>
        )}
      </td>
      <td
        className="ledger-kind"
        title={[reason, entry.note, entry.justification].filter(Boolean).join('\n') || undefined}
      >
        <button
          type="button"
          className="plain-link"
          aria-label={t('openEntry', { what })}
          onClick={() => go({ entry: entry.id })}
        >
          {kind}
        </button>
        {outcome && <span className={`outcome outcome-${entry.outcome}`}>{outcome}</span>}
        {entry.quantity === '0' && <span className="outcome">{t('nil')}</span>}
        {entry.reverses !== null && <span className="outcome">{t('isReversal')}</span>}
        {entry.reversedBy !== null && <span className="outcome">{t('isReversed')}</span>}
        {(reason || entry.note) && <small>{[reason, entry.note].filter(Boolean).join(' · ')}</small>}
      </td>
      <td className="ledger-org">{orgName(entry.org, view, words)}</td>
      <td className="ledger-codes">
        {codes.map((code) => (
          <code key={code}>{code}</code>
        ))}
      </td>
      <td className="right amount ledger-quantity">
        {group(entry.quantity)}{' '}
        <span className="unit">{unit(view.kinds.get(entry.kind)?.unit ?? '', entry.quantity)}</span>
      </td>
      <td className="ledger-logged">
        {entry.recordedBy}
        <small>{sayInstant(entry.recordedAt).slice(0, 16)}</small>
      </td>
    </tr>
  );
}
