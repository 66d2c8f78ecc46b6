import { useState } from 'react';
import type { Value } from '../api/answers';
import type { FigureAddress, Part } from '../api/queries';
import { useWords } from '../language';
import { openFigure, useView } from '../view';
import { Amount } from './amount';
import { group, sayFigure, sayInstant } from './format';
import { isPeriod } from './period-names';
import type { ShownValue } from './shown-value';
import { useSealed } from './use-sealed';

interface FigureProps {
  value: ShownValue | undefined;
  /** What the figure counts, for who cannot see the row and column that it stands in. */
  title: string;
  size?: 'large' | 'small';
  /** Without its unit, where the column says it. */
  bare?: boolean;
  /** What else is to be said of it where it is pointed at. */
  hint?: string;
  /** That its list is not to be had: as it stood once. */
  plain?: boolean;
}

/** A number that opens the entries it is made of, and lights up when it moves. */
export function Figure({ value, title, size, bare, hint, plain }: FigureProps) {
  const words = useWords();
  const view = useView();
  const sealed = useSealed(value?.period);
  const text = sayFigure(value, words);
  const moved = useMoved(
    `${value?.key} ${value?.org} ${value?.own} ${value?.period}`,
    value && `${value.state} ${value.value}`,
  );
  if (!value) return <span className="figure-none">{words.t('missing')}</span>;
  const known = value.state === 'value' || value.state === 'zero';
  const opens = hasList(value, plain);
  const className = [opens ? 'figure' : 'figure-plain', size && `figure-${size}`, !known && 'figure-none']
    .filter(Boolean)
    .join(' ');
  const hints = [
    hint,
    value.state === 'missing' ? words.t('missingHint') : opens && words.t('openEntriesHint'),
    value.computedAt && words.t('computedAt', { at: sayInstant(value.computedAt) }),
    sealed && words.t('sealed'),
  ]
    .filter(Boolean)
    .join('\n');
  const shown = (
    <>
      <span key={value.value} className={moved ? 'moved' : undefined}>
        {known && value.value !== null ? <Amount text={value.value} unit={value.unit} bare={bare} /> : text}
      </span>
      {value.reported && <span className="reported"> {words.t('reportedMark')}</span>}
    </>
  );
  if (!opens) {
    return (
      <span className={className} title={hints}>
        {shown}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={className}
      aria-label={words.t('openEntries', { title, figure: text })}
      title={hints}
      onClick={() => openFigure({ ...value, org: value.org || view.org })}
    >
      {shown}
    </button>
  );
}

/** Of a range of months there is no list under this address. */
function hasList({ period }: FigureAddress, plain: boolean | undefined): boolean {
  return !plain && isPeriod(period);
}

/** Whether the text of the same thing is another than it was. */
function useMoved(identity: string, text: string | undefined): boolean {
  const [seen, setSeen] = useState({ identity, text, moved: false });
  if (seen.identity !== identity || seen.text !== text) {
    setSeen({ identity, text, moved: seen.identity === identity && seen.text !== undefined });
  }
  return seen.moved;
}

type Fractional = FigureAddress & Pick<Value, Part>;

/** Numerator and denominator of a rate, each opening its own list. */
export function Fraction({ value, plain }: { value: Fractional | undefined; plain?: boolean }) {
  const { t } = useWords();
  const view = useView();
  if (!value || (value.numerator === null && value.denominator === null)) return null;
  const opens = hasList(value, plain);
  const amount = (part: Part) => (value[part] === null ? '—' : <Amount text={value[part]} unit="" bare />);
  return (
    <span className="fraction">
      {(['numerator', 'denominator'] as const).map((part, index) => (
        <span key={part}>
          {index === 1 && <span aria-hidden="true"> / </span>}
          {opens ? (
            <button
              type="button"
              className="figure"
              aria-label={t(part === 'numerator' ? 'openNumerator' : 'openDenominator', {
                figure: group(value[part] ?? '—'),
              })}
              onClick={() => openFigure({ ...value, org: value.org || view.org }, part)}
            >
              {amount(part)}
            </button>
          ) : (
            amount(part)
          )}
        </span>
      ))}
    </span>
  );
}
