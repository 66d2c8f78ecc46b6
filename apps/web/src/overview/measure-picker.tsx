import { Select } from 'antd';
import { useMemo } from 'react';
import { useWords } from '../language';
import { useView } from '../view';

/** Chooses one metric or rate of the catalogue. */
export function MeasurePicker({ value, change }: { value: string; change: (key: string) => void }) {
  const { t, label } = useWords();
  const { catalogue } = useView();
  const options = useMemo(() => {
    const of = (items: typeof catalogue.metrics | typeof catalogue.indicators) =>
      items.map((item) => ({ value: item.key, label: label(item.label) }));
    return [
      { label: t('rates'), options: of(catalogue.indicators) },
      { label: t('counts'), options: of(catalogue.metrics) },
    ];
  }, [catalogue, t, label]);
  return (
    <Select
      aria-label={t('measure')}
      value={value}
      onChange={change}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      className="measure-picker"
    />
  );
}

/** The measure that an address names, when the catalogue knows it. */
export function useMeasure(named: string | undefined, otherwise: string) {
  const { metrics, indicators } = useView();
  const found = named === undefined ? undefined : (metrics.get(named) ?? indicators.get(named));
  const definition = found ?? metrics.get(otherwise) ?? indicators.get(otherwise);
  if (!definition) throw new Error(`the catalogue has no ${otherwise}`);
  return definition;
}
