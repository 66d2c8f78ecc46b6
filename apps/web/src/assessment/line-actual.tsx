import type { FilledLine } from '../../../../libs/assessment/filled-form';
import type { OpenedAssessment } from '../api/assessments';
import { group, withUnit } from '../figures/format';
import { useWords, type Words } from '../language';
import { openFigure } from '../view';

/** What stands on the form, in words. */
export function sayActual(line: FilledLine, words: Words, text = line.actual): string {
  const { t } = words;
  if (text !== null) return line.unit ? withUnit(text, line.unit, words) : text;
  if (line.state === 'not_applicable') return t('notApplicable');
  return t(line.source.kind === 'reported' || line.source.kind === 'budget' ? 'notTyped' : 'missing');
}

/** The actual, which opens the entries it is made of; a typed one with what the ledger says beside it. */
export function Actual({ line, opened }: { line: FilledLine; opened: OpenedAssessment }) {
  const words = useWords();
  const { t } = words;
  const { key, kind } = line.source;
  const { org, period } = opened.address;
  const text = sayActual(line, words);
  const figure = key === null ? undefined : { key, period, org };
  const open = (said: string, part?: 'numerator' | 'denominator') => (
    <button
      type="button"
      className={`figure ${line.actual === null ? 'figure-none' : ''}`}
      aria-label={
        part
          ? t(part === 'numerator' ? 'openNumerator' : 'openDenominator', { figure: said })
          : t('openEntries', { title: line.name, figure: said })
      }
      title={line.source.formula}
      onClick={() => figure && openFigure(figure, part)}
    >
      {said}
    </button>
  );
  const plain = <span className={line.actual === null ? 'none' : undefined}>{text}</span>;
  return (
    <>
      {figure && !line.typed ? open(text) : plain}
      {line.typed && line.computed !== null && (
        <small>
          {t('ledgerSays')} {figure ? open(sayActual(line, words, line.computed)) : line.computed}
          {line.typed.difference !== null && ` · ${t('apart', { difference: line.typed.difference })}`}
        </small>
      )}
      {line.typed && line.computed === null && <small>{t('typedIn')}</small>}
      {kind === 'indicator' && line.numerator !== null && line.denominator !== null && (
        <small>
          {open(group(line.numerator), 'numerator')} / {open(group(line.denominator), 'denominator')}
        </small>
      )}
      {kind === 'budget' && line.numerator !== null && line.denominator !== null && (
        <small>
          {group(line.numerator)} / {group(line.denominator)}
        </small>
      )}
    </>
  );
}
