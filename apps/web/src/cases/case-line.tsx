import { go } from '../address';
import type { LedgerEntry } from '../api/ledger';
import { kindName, orgName, outcomeName, reasonName } from '../entries/entry-words';
import { group } from '../figures/format';
import { useWords } from '../language';
import { useView } from '../view';
import { daysBetween, resumedAfter, stands } from './case-days';

/** What happened, with the days between; `day` is today while it goes on. */
export function CaseLine({ entries, day }: { entries: readonly LedgerEntry[]; day: string | null }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const last = entries.at(-1);
  const orgs = new Set(entries.map(({ org }) => org));
  return (
    <ol className="case-line">
      {entries.map((entry, index) => {
        const before = entries[index - 1];
        const outcome = outcomeName(entry.kind, entry.outcome, view, words);
        const reason = reasonName(entry.reason, view, words);
        const told = [reason, orgs.size > 1 && orgName(entry.org, view, words), entry.note, entry.justification];
        return (
          <li
            key={entry.id}
            className={[stands(entry) ? '' : 'struck', entry.kind === 'RequestHeld' ? 'case-hold' : ''].join(' ')}
          >
            {before && <Gap from={before.occurredOn} to={entry.occurredOn} />}
            <div className="case-event">
              <time dateTime={entry.occurredOn}>{entry.occurredOn}</time>
              <div>
                <button type="button" className="plain-link" onClick={() => go({ tab: 'ledger', entry: entry.id })}>
                  {kindName(entry.kind, view, words)}
                </button>
                {outcome && <span className={`outcome outcome-${entry.outcome}`}>{outcome}</span>}
                {entry.reverses !== null && <span className="outcome">{t('isReversal')}</span>}
                {entry.reversedBy !== null && <span className="outcome">{t('isReversed')}</span>}
                {told.some(Boolean) && <small>{told.filter(Boolean).join(' · ')}</small>}
                {entry.kind === 'RequestHeld' && stands(entry) && <Hold hold={entry} entries={entries} day={day} />}
              </div>
            </div>
          </li>
        );
      })}
      {day !== null && last && (
        <li className="case-now">
          <Gap from={last.occurredOn} to={day} />
          <div className="case-event">
            <time dateTime={day}>{day}</time>
            <div>{t('caseToday')}</div>
          </div>
        </li>
      )}
    </ol>
  );
}

function Gap({ from, to }: { from: string; to: string }) {
  const { t } = useWords();
  const days = daysBetween(from, to);
  return <p className="case-gap">{days === 0 ? t('caseSameDay') : t('caseGap', { days: group(String(days)) })}</p>;
}

function Hold({ hold, entries, day }: { hold: LedgerEntry; entries: readonly LedgerEntry[]; day: string | null }) {
  const { t } = useWords();
  const until = resumedAfter(hold, entries);
  const to = until ?? day;
  if (to === null) return null;
  const days = group(String(daysBetween(hold.occurredOn, to)));
  return <small>{until ? t('caseHoldUntil', { day: until, days }) : t('caseHoldStill', { days })}</small>;
}
