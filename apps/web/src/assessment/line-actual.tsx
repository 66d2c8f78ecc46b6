import type { FilledLine } from '../../../../libs/assessment/filled-form';
import type { OpenedAssessment } from '../api/assessments';
import { Figure, Fraction } from '../figures/figure';
import { group, withUnit } from '../figures/format';
import { shownValue } from '../figures/shown-value';
import { useWords, type Words } from '../language';

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
  const { key, kind, formula } = line.source;
  const { org, period } = opened.address;
  const { numerator, denominator } = line;
  const figure = key === null ? undefined : { key, period, org };
  const open = (value: string | null) => {
    if (!figure) return value;
    // What was typed has a state of its own, and the ledger's figure beside it is there.
    const shown = shownValue(figure, value, line.unit ?? '');
    return <Figure value={line.typed ? shown : { ...shown, state: line.state }} title={line.name} hint={formula} />;
  };
  return (
    <>
      {figure && !line.typed ? (
        open(line.actual)
      ) : (
        <span className={line.actual === null ? 'none' : undefined}>{sayActual(line, words)}</span>
      )}
      {line.typed && line.computed !== null && (
        <small>
          {t('ledgerSays')} {open(line.computed)}
          {line.typed.difference !== null && ` · ${t('apart', { difference: line.typed.difference })}`}
        </small>
      )}
      {line.typed && line.computed === null && <small>{t('typedIn')}</small>}
      {kind === 'indicator' && figure && <Fraction value={{ ...figure, numerator, denominator }} />}
      {kind === 'budget' && numerator !== null && denominator !== null && (
        <small>
          {group(numerator)} / {group(denominator)}
        </small>
      )}
    </>
  );
}
