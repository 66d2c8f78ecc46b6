import { useWords } from '../language';
import { compareDecimals, group } from './format';

interface AmountProps {
  text: string;
  unit: string;
  /** Without its unit, where the column says it; a percent keeps its sign. */
  bare?: boolean;
  /** With a plus, where it says by how much. */
  signed?: boolean;
}

/** A number with its unit; whatever reads the page finds both as they are, not as they are set. */
export function Amount({ text, unit, bare, signed }: AmountProps) {
  const words = useWords();
  const said = words.unit(unit, text);
  const before = unit === '万分之' && words.language === 'zh';
  const number = (
    <data value={text} data-unit={words.unit(unit)}>
      {signed && compareDecimals(text, '0') > 0 && '+'}
      {group(text)}
    </data>
  );
  if (unit === '%') {
    return (
      <>
        {number}
        <span className="unit">%</span>
      </>
    );
  }
  if (bare) return number;
  return (
    <>
      {before && <span className="unit">{said} </span>}
      {number}
      {!before && <span className="unit"> {said}</span>}
    </>
  );
}
