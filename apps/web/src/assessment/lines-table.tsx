import type { FilledLine } from '../../../../libs/assessment/filled-form';
import { group, withUnit } from '../figures/format';
import { useWords, type Words } from '../language';
import { openFigure, useView } from '../view';

/** How many lines from here on share the first tiers, and 0 where an earlier line says it. */
function spanAt(lines: readonly FilledLine[], at: number, depth: 1 | 2): number {
  const tierOf = (line: FilledLine | undefined) => line?.path.slice(0, depth).join('/');
  if (tierOf(lines[at - 1]) === tierOf(lines[at])) return 0;
  let end = at;
  while (end < lines.length && tierOf(lines[end]) === tierOf(lines[at])) end += 1;
  return end - at;
}

export function LinesTable({ lines, year }: { lines: readonly FilledLine[]; year: string }) {
  const words = useWords();
  const { t, language } = words;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('formLines')}>
      <table className="form-lines">
        <caption className="away">{t('formLines')}</caption>
        <thead>
          <tr>
            {(['tier1', 'tier2', 'tier3'] as const).map((tier) => (
              <th scope="col" key={tier} className={tier === 'tier3' ? undefined : 'tier'}>
                {t(tier)}
              </th>
            ))}
            {(['yearTarget', 'actual', 'weight', 'score', 'deviation'] as const).map((column) => (
              <th scope="col" key={column} className="right">
                {t(column)}
              </th>
            ))}
            <th scope="col">{t('source')}</th>
            <th scope="col">{t('cause')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={line.code}>
              {([1, 2] as const).map((depth) => {
                const span = spanAt(lines, at, depth);
                return span === 0 ? null : (
                  <th scope="rowgroup" key={depth} rowSpan={span} className="tier">
                    {line.path[depth - 1]}
                  </th>
                );
              })}
              <th scope="row">
                {line.name}
                <small className="narrow-only">{line.path.join(' · ')}</small>
              </th>
              <td className="right half" data-label={t('yearTarget')}>
                {line.target}
              </td>
              <td className="right half" data-label={t('actual')}>
                <Actual line={line} year={year} words={words} />
              </td>
              <td className="right" data-label={t('weight')}>
                {line.weight}
              </td>
              <td className="right" data-label={t('score')} title={line.note?.[language]}>
                {line.score ?? <span className="none">{t('notScored')}</span>}
              </td>
              <td className="right" data-label={t('deviation')}>
                {line.deviation ?? <span className="none">—</span>}
              </td>
              <td className="source" data-label={t('source')}>
                {line.source.label}
                <small title={line.source.formula}>{line.source.formula}</small>
              </td>
              <td className="cause" data-label={t('cause')}>
                {line.cause ??
                  (line.causeRequired ? (
                    <span className="due">{t('causeDue', { why: line.causeRequired[language] })}</span>
                  ) : (
                    <span className="none">{line.note?.[language] ?? ''}</span>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Actual({ line, year, words }: { line: FilledLine; year: string; words: Words }) {
  const { t } = words;
  const { status } = useView();
  const { key } = line.source;
  const text =
    line.actual === null
      ? t(line.state === 'not_applicable' ? 'notApplicable' : line.source.kind === 'reported' ? 'notTyped' : 'missing')
      : line.unit
        ? withUnit(line.actual, line.unit, words)
        : line.actual;
  if (key === null) return <span className={line.actual === null ? 'none' : undefined}>{text}</span>;
  return (
    <>
      <button
        type="button"
        className={`figure ${line.actual === null ? 'figure-none' : ''}`}
        aria-label={t('openEntries', { title: line.name, figure: text })}
        title={t('openEntriesHint')}
        onClick={() => openFigure({ key, period: year, org: status.root ?? '' })}
      >
        {text}
      </button>
      {line.source.kind === 'indicator' && line.numerator !== null && line.denominator !== null && (
        <small>
          {group(line.numerator)} / {group(line.denominator)}
        </small>
      )}
    </>
  );
}
