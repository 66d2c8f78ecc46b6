import type { ReactNode } from 'react';
import type { CaseRow } from '../api/funnel';
import { kindName, orgName } from '../entries/entry-words';
import { group } from '../figures/format';
import { useWords, type Words } from '../language';
import type { TextKey } from '../texts';
import { useView, type View } from '../view';
import type { CaseList } from './case-address';
import { sayMilestone } from './case-words';
import { sayHow, sayReason, saySide } from './loss-words';

interface Column {
  title: TextKey;
  right?: boolean;
  cell: (row: CaseRow, view: View, words: Words) => ReactNode;
}

const CODES: Column = {
  title: 'codes',
  cell: ({ caseCode, donorCode }) => (
    <>
      <code>{caseCode ?? '—'}</code>
      {donorCode !== null && <code>{donorCode}</code>}
    </>
  ),
};
const ORG: Column = { title: 'org', cell: ({ org }, view, words) => orgName(org, view, words) };
const DAYS: Column = {
  title: 'columnDays',
  right: true,
  cell: ({ days, pausedDays }, _, { t }) => (
    <>
      {group(String(days ?? ''))}
      {pausedDays !== undefined && pausedDays > 0 && <small>{t('pausedDays', { days: pausedDays })}</small>}
    </>
  ),
};

/** How it ended, where it did. */
const END: Column = {
  title: 'columnEnd',
  cell: ({ state, held, how, side, reason, lostOn, endedOn }, view, words) => {
    const { t } = words;
    if (state === 'donated') return t('state_donated');
    if (state === 'open') return t(held ? 'state_held' : 'state_open');
    if (side === undefined || (side === null && !how)) return <span className="none">—</span>;
    return (
      <>
        {[...new Set([how ? sayHow(how, words) : '', sayReason(reason, view, words)])].filter(Boolean).join(' · ')}
        <small>{[saySide(side, words), lostOn ?? endedOn].filter(Boolean).join(' ')}</small>
      </>
    );
  },
};

const day = (title: TextKey, of: (row: CaseRow) => string | null | undefined): Column => ({
  title,
  cell: (row) => of(row) ?? <span className="none">—</span>,
});

const ENTRIES: readonly Column[] = [
  {
    title: 'occurredOn',
    cell: ({ occurredOn, postedMonth }, _, { t }) => (
      <>
        {occurredOn}
        {postedMonth !== undefined && !occurredOn?.startsWith(postedMonth) && (
          <small>{t('postedTo', { month: postedMonth })}</small>
        )}
      </>
    ),
  },
  { title: 'columnKind', cell: ({ kind }, view, words) => kindName(kind ?? '', view, words) },
  CODES,
  ORG,
  END,
  { title: 'contribution', right: true, cell: ({ contribution }) => group(contribution ?? '') },
];

const LISTS: Readonly<Record<CaseList, readonly Column[]>> = {
  funnel: [
    day('columnAsked', ({ firstRequestedOn }) => firstRequestedOn),
    CODES,
    ORG,
    {
      title: 'columnCameTo',
      cell: ({ reached, passedIt }, _, { t }) =>
        reached === undefined ? '' : t(passedIt ? 'passedStage' : 'inStage', { stage: t(`stage_${reached}`) }),
    },
    END,
  ],
  cities: [
    day('columnAsked', ({ requestedOn }) => requestedOn),
    CODES,
    ORG,
    day('columnBegan', ({ beganOn }) => beganOn),
    day('columnReached', ({ reachedOn }) => reachedOn),
    END,
  ],
  times: [
    CODES,
    ORG,
    day('columnBegan', ({ beganOn }) => beganOn),
    day('columnReached', ({ reachedOn }) => reachedOn),
    DAYS,
  ],
  ages: [
    CODES,
    ORG,
    day('columnAsked', ({ beganOn }) => beganOn),
    {
      title: 'agesMilestone',
      cell: ({ milestone, since }, _, words) => (
        <>
          {sayMilestone(milestone, words)}
          <small>{since}</small>
        </>
      ),
    },
    {
      title: 'columnState',
      cell: ({ held }, _, { t }) => t(held ? 'state_held' : 'state_open'),
    },
    DAYS,
  ],
};

/** A table, and on a narrow screen a list. */
export function CaseRows({ list, rows }: { list: CaseList; rows: readonly CaseRow[] }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const columns = rows.some(({ contribution }) => contribution !== undefined) ? ENTRIES : LISTS[list];
  const shown = columns.filter(
    ({ title }) => title !== 'columnEnd' || rows.some(({ state, side }) => state !== undefined || side),
  );
  return (
    <table className="case-rows">
      <caption className="away">{t('casesTitle')}</caption>
      <thead>
        <tr>
          {shown.map(({ title, right }) => (
            <th scope="col" key={title} className={right ? 'right' : undefined}>
              {t(title)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={`${row.id ?? row.caseCode} ${index}`}>
            {shown.map(({ title, right, cell }) => (
              <td key={title} className={right ? 'right' : undefined}>
                <span className="cell-name" aria-hidden="true">
                  {t(title)}
                </span>
                <span>{cell(row, view, words)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
