import type { ReportFinding, TextPlace } from '../api/check-ups';
import { useWords, type Words } from '../language';

export function sayPlace({ line, row, column }: TextPlace, { t }: Words): string {
  return row === undefined || column === undefined
    ? t('findingLine', { line })
    : t('findingCell', { line, row, column });
}

interface FindingItemProps {
  finding: ReportFinding;
  number: number;
  chosen: boolean;
  /** Goes to the place in the text. */
  show: () => void;
}

export function FindingItem({ finding, number, chosen, show }: FindingItemProps) {
  const words = useWords();
  const { t, language } = words;
  const { severity, found, expected, message, place } = finding;
  return (
    <li id={`finding-${number}`} tabIndex={-1} className={chosen ? 'finding-item finding-chosen' : 'finding-item'}>
      <p className="finding-item-head">
        <span className={severity === 'error' ? 'badge badge-wrong' : 'badge badge-doubtful'}>
          {t(`finding_${severity}`)}
        </span>
        <strong>{t(`class_${finding.class}`)}</strong>
        <button type="button" className="plain-link" title={t('findingGo')} onClick={show}>
          {sayPlace(place, words)}
        </button>
      </p>
      <p className="finding-values">
        <span>
          {t('findingFound')} <del>{found}</del>
        </span>
        {expected !== null && (
          <span>
            {t('findingExpected')} <ins>{expected}</ins>
          </span>
        )}
      </p>
      <p>{message[language]}</p>
    </li>
  );
}
