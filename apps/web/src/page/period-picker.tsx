import { Select } from 'antd';
import { go } from '../address';
import { sayPart } from '../figures/period-names';
import { useWords } from '../language';
import { useView } from '../view';

const HALVES = ['H1', 'H2'];
const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'];
const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

/** The years from the first that has figures to this one, the latest first. */
export function useYears(): string[] {
  const { status } = useView();
  const first = Number(status.firstYear ?? status.registry?.firstDay.slice(0, 4));
  const last = Math.max(new Date().getFullYear(), Number(status.latestYear));
  return Array.from({ length: last - first + 1 }, (_, index) => String(last - index));
}

export function YearPicker({ year, change }: { year: string; change: (year: string) => void }) {
  const { t } = useWords();
  const years = useYears();
  return (
    <Select
      aria-label={t('year')}
      value={year}
      onChange={change}
      options={years.map((one) => ({ value: one, label: t('yearOf', { year: one }) }))}
      style={{ width: 112 }}
    />
  );
}

export function PeriodPicker() {
  const { t, language } = useWords();
  const { period } = useView();
  const [year = '', part = ''] = period.split('-');
  const choose = (to: string) => go({ period: to });
  const options = (parts: readonly string[]) => parts.map((value) => ({ value, label: sayPart(value, language) }));
  return (
    <>
      <YearPicker year={year} change={(to) => choose(part ? `${to}-${part}` : to)} />
      <Select
        aria-label={t('partOfYear')}
        value={part}
        onChange={(to) => choose(to ? `${year}-${to}` : year)}
        style={{ width: 128 }}
        options={[
          { value: '', label: t('wholeYear') },
          { label: t('halves'), options: options(HALVES) },
          { label: t('quarters'), options: options(QUARTERS) },
          { label: t('monthsOfYear'), options: options(MONTHS) },
        ]}
      />
    </>
  );
}
