import { Segmented, Select } from 'antd';
import { useNarrow } from '../figures/use-narrow';

interface ChoiceProps<Value extends string> {
  name: string;
  value: Value;
  options: { value: Value; label: string }[];
  choose: (to: Value) => void;
}

/** One of several, side by side; on a telephone, where not all of them would be seen, one of a list. */
export function Choice<Value extends string>({ name, value, options, choose }: ChoiceProps<Value>) {
  const asked = { 'aria-label': name, value, options, onChange: choose };
  return useNarrow() ? <Select<Value> {...asked} className="choice" /> : <Segmented<Value> {...asked} />;
}
