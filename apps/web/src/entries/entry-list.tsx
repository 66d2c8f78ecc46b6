import { Button } from 'antd';
import type { BehindEntry } from '../api/answers';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { closeFigure, useView } from '../view';
import { codesOf, kindName, orgName, outcomeName, reasonName } from './entry-words';
import { saySource } from './source-words';

interface EntryListProps {
  entries: readonly BehindEntry[];
  /** The org of the figure: entries of others below it say which. */
  org: string;
  /** Nothing for who may not. */
  reverse: ((entry: BehindEntry) => void) | undefined;
}

/** The entries behind a figure: a table, and on a narrow screen a list. */
export function EntryList({ entries, reverse }: EntryListProps) {
  const { t } = useWords();
  return (
    <table className="entries">
      <caption className="away">{t('entries')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('occurredOn')}</th>
          <th scope="col">{t('kindAndOutcome')}</th>
          <th scope="col">{t('org')}</th>
          <th scope="col">{t('codes')}</th>
          <th scope="col" className="right">
            {t('contribution')}
          </th>
          <th scope="col">
            <span className="away">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} reverse={reverse} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ entry, reverse }: { entry: BehindEntry; reverse: EntryListProps['reverse'] }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const moved = !entry.occurredOn.startsWith(entry.postedMonth);
  const struck = entry.reversedBy !== null || entry.reverses !== null;
  const kind = kindName(entry.kind, view, words);
  const outcome = outcomeName(entry.kind, entry.outcome, view, words);
  const reason = reasonName(entry.reason, view, words);
  return (
    <tr className={struck ? 'struck' : undefined}>
      <td
        title={t('recorded', {
          at: sayInstant(entry.recordedAt),
          by: entry.recordedBy,
          source: saySource(entry.source, words),
        })}
      >
        {entry.occurredOn}
        {moved && <small>{t('postedTo', { month: entry.postedMonth })}</small>}
      </td>
      <td>
        <button
          type="button"
          className="plain-link"
          aria-label={t('openEntry', { what: [entry.occurredOn, kind, ...codesOf(entry)].join(' ') })}
          onClick={() => closeFigure({ tab: 'ledger', entry: entry.id })}
        >
          {kind}
        </button>
        {outcome && <span className={`outcome outcome-${entry.outcome}`}>{outcome}</span>}
        {entry.quantity === '0' && <span className="outcome">{t('nil')}</span>}
        {entry.reverses !== null && <span className="outcome">{t('isReversal')}</span>}
        {reason && <small>{reason}</small>}
        {entry.note && <small>{entry.note}</small>}
        {entry.justification && <small>{t('because', { text: entry.justification })}</small>}
      </td>
      <td>{orgName(entry.org, view, words)}</td>
      <td className="codes">
        {codesOf(entry).map((code) => (
          <code key={code}>{code}</code>
        ))}
      </td>
      <td className="right amount">
        {group(entry.contribution)}
        {entry.quantity !== entry.contribution && <small>{t('quantityIs', { quantity: group(entry.quantity) })}</small>}
      </td>
      <td className="right">
        {entry.reversedBy !== null ? (
          <span className="hint">{t('isReversed')}</span>
        ) : entry.reverses === null && reverse ? (
          <Button
            size="small"
            onClick={() => reverse(entry)}
            aria-label={t('reverseOf', { what: `${kind} ${entry.occurredOn}` })}
          >
            {t('reverse')}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
