import { Button } from 'antd';
import type { FilledForm, FilledLine } from '../../../../libs/assessment/filled-form';
import type { LineColumn } from '../../../../libs/assessment/forms';
import { go } from '../address';
import type { OpenedAssessment } from '../api/assessments';
import { withUnit } from '../figures/format';
import { CardLink } from '../indicators/card-link';
import { Light } from '../indicators/light';
import { useWords, type Words } from '../language';
import { Actual } from './line-actual';
import { lightOfLine } from './line-light';

/** How many lines from here on share the first tiers, and 0 where an earlier line says it. */
function spanAt(lines: readonly FilledLine[], at: number, depth: number): number {
  const tierOf = (line: FilledLine | undefined) => line?.path.slice(0, depth).join('\n');
  if (tierOf(lines[at - 1]) === tierOf(lines[at])) return 0;
  let end = at;
  while (end < lines.length && tierOf(lines[end]) === tierOf(lines[at])) end += 1;
  return end - at;
}

type ShownColumn = LineColumn | 'forecast';

const RIGHT: readonly ShownColumn[] = ['halfTarget', 'target', 'actual', 'weight', 'score', 'deviation'];

/** As the form prints them; in July the half-year target and what is foreseen, and nothing is scored. */
function columnsOf({ columns, stage }: FilledForm, { t }: Words): { key: ShownColumn; heading: string }[] {
  if (stage === 'year') return [...columns];
  return columns
    .filter(({ key }) => key !== 'weight' && key !== 'score')
    .flatMap((column): { key: ShownColumn; heading: string }[] => {
      const hasHalf = columns.some(({ key }) => key === 'halfTarget');
      if (column.key === 'target' && !hasHalf) return [{ key: 'halfTarget', heading: t('typedHalfTarget') }, column];
      return column.key === 'cause' ? [{ key: 'forecast', heading: t('lineForecast') }, column] : [column];
    });
}

/** The lines as the form prints them, and beside them how each stands. */
export function LinesTable({ opened, may }: { opened: OpenedAssessment; may: boolean }) {
  const words = useWords();
  const { t } = words;
  const { filled, record } = opened;
  const { lines, tiers, stage } = filled;
  const columns = columnsOf(filled, words);
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('formLines')}>
      <table className="form-lines">
        <caption className="away">{t('formLines')}</caption>
        <thead>
          <tr>
            {tiers.map((tier, index) => (
              <th scope="col" key={tier} className={index < tiers.length - 1 ? 'tier' : undefined}>
                {tier}
              </th>
            ))}
            {columns.map(({ key, heading }) => (
              <th scope="col" key={key} className={RIGHT.includes(key) ? `right ${key}` : key}>
                {heading}
              </th>
            ))}
            <th scope="col">{t('lineLight')}</th>
            <th scope="col">
              <span className="away">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={line.code} id={`row-${line.code}`}>
              {tiers.slice(0, -1).map((tier, index) => {
                const span = spanAt(lines, at, index + 1);
                return span === 0 ? null : (
                  <th scope="rowgroup" key={tier} rowSpan={span} className="tier">
                    {line.path[index]}
                  </th>
                );
              })}
              <th scope="row">
                {line.name} {line.source.key !== null && <CardLink indicator={line.source.key} title={line.name} />}
                <small className="narrow-only">{line.path.filter(Boolean).join(' · ')}</small>
              </th>
              {columns.map(({ key, heading }) => (
                <td
                  key={key}
                  data-label={heading}
                  className={[
                    RIGHT.includes(key) && 'right',
                    ['target', 'halfTarget', 'actual', 'forecast'].includes(key) && 'half',
                    key,
                  ]
                    .filter(Boolean)
                    .join(' ')}
                >
                  <Cell column={key} line={line} opened={opened} />
                </td>
              ))}
              <td data-label={t('lineLight')}>
                <Light colour={lightOfLine(line, stage)} />
              </td>
              <td className="line-open">
                <Button
                  size="small"
                  aria-label={t(may ? 'fillLine' : 'lookAtLine', { name: line.name })}
                  onClick={() => go({ line: line.code })}
                >
                  {t(may ? 'fill' : 'lookAt')}
                </Button>
                <Marks
                  line={line}
                  comments={record.comments.filter((one) => one.line === line.code && !one.resolvedAt)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ column, line, opened }: { column: ShownColumn; line: FilledLine; opened: OpenedAssessment }) {
  const { t, language } = useWords();
  switch (column) {
    case 'halfTarget':
      return line.halfTarget ?? <span className="none">—</span>;
    case 'target':
      return line.fullTarget || <span className="none">—</span>;
    case 'actual':
      return <Actual line={line} opened={opened} />;
    case 'weight':
      return line.weight ?? '';
    case 'score':
      return (
        <span title={line.note?.[language]}>
          {line.score ?? (line.weight === null ? '' : <span className="none">{t('notScored')}</span>)}
        </span>
      );
    case 'deviation':
      return line.deviation ?? <span className="none">—</span>;
    case 'source':
      return <Source line={line} />;
    case 'forecast':
      return <ForecastCell line={line} />;
    case 'cause':
      return <Cause line={line} />;
  }
}

function Source({ line: { source, seal } }: { line: FilledLine }) {
  const { t } = useWords();
  const said = [
    source.document !== source.label ? source.document : null,
    source.version === null ? null : t('definitionVersion', { version: source.version }),
    seal === null ? null : t('sealShort', { hash: seal.slice(0, 8) }),
  ].filter(Boolean);
  return (
    <>
      {source.label}
      <small title={source.formula}>{said.length > 0 ? said.join(' · ') : source.formula}</small>
    </>
  );
}

function Cause({ line }: { line: FilledLine }) {
  const { t, language } = useWords();
  const due = [
    ...(line.causeRequired && !line.cause ? [t('causeDue', { why: line.causeRequired[language] })] : []),
    ...(line.reasonRequired ? [t('reasonDue', { why: line.reasonRequired[language] })] : []),
  ];
  return (
    <>
      {line.cause}
      {due.map((text) => (
        <span className="due" key={text}>
          {text}
        </span>
      ))}
      {!line.cause && (due.length === 0 || line.actual === null) && (
        <span className="none">{line.note?.[language] ?? ''}</span>
      )}
    </>
  );
}

function Marks({ line, comments }: { line: FilledLine; comments: readonly unknown[] }) {
  const { t, language } = useWords();
  return (
    <>
      {comments.length > 0 && <small className="due">{t('openComments', { count: comments.length })}</small>}
      {line.evidence.length > 0 && <small>{t('evidenceCount', { count: line.evidence.length })}</small>}
      {line.warnings.length > 0 && (
        <small title={line.warnings.map((one) => one[language]).join('\n')}>
          {t('warningCount', { count: line.warnings.length })}
        </small>
      )}
    </>
  );
}

export function ForecastCell({ line }: { line: FilledLine }) {
  const words = useWords();
  const { t, language } = words;
  const { forecast, unit } = line;
  if (!forecast) return <span className="none">—</span>;
  return (
    <span title={forecast.method[language]}>
      {withUnit(forecast.value, unit, words)}
      <small>{t('assessmentForecastRange', { low: forecast.low, high: forecast.high })}</small>
      {forecast.likelihood && (
        <small className={forecast.likelihood.warning ? 'due' : undefined}>
          {t('forecastLikelihood', {
            words: forecast.likelihood.words[language],
            percent: forecast.likelihood.percent,
          })}
        </small>
      )}
    </span>
  );
}
