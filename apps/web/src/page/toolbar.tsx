import { SealMark } from '../months/seal-mark';
import { OrgPicker } from './org-picker';
import { PeriodPicker } from './period-picker';

export function Toolbar() {
  return (
    <div className="toolbar">
      <SealMark />
      <PeriodPicker />
      <OrgPicker />
    </div>
  );
}
