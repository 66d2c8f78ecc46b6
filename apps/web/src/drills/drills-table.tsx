import type { Drill } from '../api/drills';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import type { TextKey } from '../texts';
import { RESULTS, resultOf, saySize } from './drill-words';

interface Column {
  title: TextKey;
  unit: TextKey;
  count: (drill: Drill) => string | undefined | null;
}

const COLUMNS: readonly Column[] = [
  { title: 'columnEntries', unit: 'unitEntries', count: ({ entries }) => entries },
  { title: 'columnValues', unit: 'unitValues', count: ({ checked }) => checked },
  { title: 'columnDrift', unit: 'unitValues', count: ({ drift }) => drift },
  { title: 'columnActs', unit: 'unitEntries', count: ({ audit }) => audit?.checked.toString() },
  { title: 'columnBroken', unit: 'unitPlaces', count: ({ audit }) => audit?.broken.toString() },
];

export function DrillsTable({ drills }: { drills: readonly Drill[] }) {
  const { t } = useWords();
  return (
    <table className="drills-table">
      <caption className="away">{t('drillHistory')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('columnStarted')}</th>
          <th scope="col">{t('columnResult')}</th>
          {COLUMNS.map(({ title, unit }) => (
            <th scope="col" key={title} className="right">
              {t(title)}
              <small>{t(unit)}</small>
            </th>
          ))}
          <th scope="col">{t('columnFile')}</th>
        </tr>
      </thead>
      {drills.map((drill) => (
        <DrillRows key={drill.startedAt} drill={drill} />
      ))}
    </table>
  );
}

/** A drill, and below it what went wrong. */
function DrillRows({ drill }: { drill: Drill }) {
  const { t, language } = useWords();
  const { startedAt, file, bytes, problem } = drill;
  const result = resultOf(drill);
  return (
    <tbody>
      <tr>
        <th scope="row">{sayInstant(startedAt)}</th>
        <td className={`drill-${result}`}>{t(RESULTS[result].short)}</td>
        {COLUMNS.map(({ title, unit, count }) => {
          const counted = count(drill) ?? null;
          return (
            <td key={title} className="right">
              <span className="narrow-only">
                {t(title)}
                {t(unit)}{' '}
              </span>
              {counted === null ? <span className="none">—</span> : group(counted)}
            </td>
          );
        })}
        <td>
          {file === null ? (
            <span className="none">—</span>
          ) : (
            <>
              {file} <small>{bytes !== null && saySize(bytes)}</small>
            </>
          )}
        </td>
      </tr>
      {problem && (
        <tr className="drill-problem">
          <td colSpan={3 + COLUMNS.length}>{problem[language]}</td>
        </tr>
      )}
    </tbody>
  );
}
