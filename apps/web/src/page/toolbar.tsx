import { OrgPicker } from './org-picker';
import { PeriodPicker } from './period-picker';

export function Toolbar() {
  return (
    <div className="toolbar">
      <PeriodPicker />
      <OrgPicker />
    </div>
  );
}
