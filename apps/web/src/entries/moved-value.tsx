import { Amount } from '../figures/amount';
import { group } from '../figures/format';
import { useView } from '../view';

/** What a figure is before or after something is saved, with its unit. */
export function MovedValue({ of, value }: { of: string; value: string | null }) {
  const { metrics, indicators } = useView();
  if (value === null) return '—';
  const unit = (metrics.get(of) ?? indicators.get(of))?.unit;
  return unit === undefined ? group(value) : <Amount text={value} unit={unit} />;
}
