import { Amount } from '../figures/amount';
import { group } from '../figures/format';
import { useWords } from '../language';
import { openCases } from './case-address';

interface CountProps {
  value: number | string | null;
  /** Its list. */
  cases?: string;
  /** What is counted, for who cannot see the row and column that it stands in. */
  title: string;
}

/** A number that opens its cases; of a 0 there are none. */
export function Count({ value, cases, title }: CountProps) {
  const { t } = useWords();
  if (value === null) return <span className="figure-none">{t('missing')}</span>;
  const text = group(String(value));
  const amount = <Amount text={String(value)} unit="" bare />;
  if (cases === undefined || Number(value) === 0) {
    return <span className={text === '0' ? 'none' : undefined}>{amount}</span>;
  }
  return (
    <button
      type="button"
      className="figure"
      aria-label={t('openCases', { title, figure: text })}
      title={t('openCasesHint')}
      onClick={() => openCases(cases)}
    >
      {amount}
    </button>
  );
}

interface RateProps {
  value: string | null;
  numerator: number | string;
  denominator: number | string;
  numeratorCases?: string;
  denominatorCases?: string;
  title: string;
}

/** A rate with what it is made of below it; nothing by nothing is none. */
export function Rate({ value, numerator, denominator, numeratorCases, denominatorCases, title }: RateProps) {
  const { t } = useWords();
  return (
    <>
      {value === null ? (
        <span className="figure-none">{t('notApplicable')}</span>
      ) : (
        <span>
          <Amount text={value} unit="%" />
        </span>
      )}
      <span className="fraction">
        <Count value={numerator} cases={numeratorCases} title={`${title} ${t('numerator')}`} />
        <span aria-hidden="true"> / </span>
        <Count value={denominator} cases={denominatorCases} title={`${title} ${t('denominator')}`} />
      </span>
    </>
  );
}
