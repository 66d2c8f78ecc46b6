import { useState } from 'react';
import type { Value } from '../api/answers';
import { useWords } from '../language';
import { openFigure, useView } from '../view';
import { group, sayFigure, sayInstant } from './format';

interface FigureProps {
  value: Value | undefined;
  /** What the figure counts, for who cannot see the row and column that it stands in. */
  title: string;
  size?: 'large' | 'small';
  /** Without its unit, where the column says it. */
  bare?: boolean;
}

/** A number that opens the entries it is made of, and lights up when it moves. */
export function Figure({ value, title, size, bare }: FigureProps) {
  const words = useWords();
  const view = useView();
  const text = sayFigure(value, words);
  const moved = useMoved(
    `${value?.key} ${value?.org} ${value?.own} ${value?.period}`,
    value && `${value.state} ${value.value}`,
  );
  if (!value) return <span className="figure-none">{words.t('missing')}</span>;
  const known = value.state === 'value' || value.state === 'zero';
  const className = ['figure', size && `figure-${size}`, !known && 'figure-none'].filter(Boolean).join(' ');
  const hint = [
    words.t(value.state === 'missing' ? 'missingHint' : 'openEntriesHint'),
    value.computedAt && words.t('computedAt', { at: sayInstant(value.computedAt) }),
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <button
      type="button"
      className={className}
      aria-label={words.t('openEntries', { title, figure: text })}
      title={hint}
      onClick={() => openFigure({ ...value, org: value.org || view.org })}
    >
      <span key={value.value} className={moved ? 'moved' : undefined}>
        {known && value.value !== null ? <Amount text={value.value} unit={value.unit} bare={bare} /> : text}
      </span>
      {value.reported && <span className="reported"> {words.t('reportedMark')}</span>}
    </button>
  );
}

function Amount({ text, unit, bare }: { text: string; unit: string; bare?: boolean }) {
  const words = useWords();
  if (unit === '%') {
    return (
      <>
        {group(text)}
        <span className="unit">%</span>
      </>
    );
  }
  if (bare) return group(text);
  const before = unit === '万分之' && words.language === 'zh';
  return (
    <>
      {before && <span className="unit">万分之 </span>}
      {group(text)}
      {!before && <span className="unit"> {words.unit(unit)}</span>}
    </>
  );
}

/** Whether the text of the same thing is another than it was. */
function useMoved(identity: string, text: string | undefined): boolean {
  const [seen, setSeen] = useState({ identity, text, moved: false });
  if (seen.identity !== identity || seen.text !== text) {
    setSeen({ identity, text, moved: seen.identity === identity && seen.text !== undefined });
  }
  return seen.moved;
}

/** Numerator and denominator of a rate, each opening its own list. */
export function Fraction({ value }: { value: Value | undefined }) {
  const { t } = useWords();
  if (!value || (value.numerator === null && value.denominator === null)) return null;
  return (
    <span className="fraction">
      {(['numerator', 'denominator'] as const).map((part, index) => (
        <span key={part}>
          {index === 1 && <span aria-hidden="true"> / </span>}
          <button
            type="button"
            className="figure"
            aria-label={t(part === 'numerator' ? 'openNumerator' : 'openDenominator', {
              figure: group(value[part] ?? '—'),
            })}
            onClick={() => openFigure(value, part)}
          >
            {value[part] === null ? '—' : group(value[part])}
          </button>
        </span>
      ))}
    </span>
  );
}
