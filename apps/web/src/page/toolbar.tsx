import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { SealMark } from '../months/seal-mark';
import { useView } from '../view';
import { OrgPicker } from './org-picker';
import { PeriodPicker } from './period-picker';

/** What is looked at: chosen on the screen, said on paper. */
export function Toolbar() {
  const words = useWords();
  const { period, org, orgs } = useView();
  const looked = orgs.get(org);
  return (
    <>
      <div className="toolbar">
        <SealMark />
        <PeriodPicker />
        <OrgPicker />
      </div>
      <p className="print-scope">
        {looked && words.name(looked)} · {sayPeriod(period, words)}
      </p>
    </>
  );
}
