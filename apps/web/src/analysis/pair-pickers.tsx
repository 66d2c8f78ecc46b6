import { Select } from 'antd';
import { MILESTONES } from '../../../../libs/catalogue/milestones';
import { go } from '../address';
import { useWords } from '../language';
import type { Pair } from './use-pair';

/** Chooses the two points on the way between which is looked. */
export function PairPickers({ pair: { from, to } }: { pair: Pair }) {
  const { t, label } = useWords();
  const options = MILESTONES.map((one) => ({ value: one.key as string, label: label(one.label) }));
  const place = (key: string) => options.findIndex(({ value }) => value === key);
  const [start, end] = [place(from), place(to)];
  return (
    <>
      <Select
        aria-label={t('pairFrom')}
        value={from}
        onChange={(key) => go({ from: key }, 'replace')}
        options={options.map((one, index) => ({ ...one, disabled: index >= end }))}
        className="milestone-picker"
      />
      <span aria-hidden="true">→</span>
      <Select
        aria-label={t('pairTo')}
        value={to}
        onChange={(key) => go({ to: key }, 'replace')}
        options={options.map((one, index) => ({ ...one, disabled: index <= start }))}
        className="milestone-picker"
      />
    </>
  );
}
