import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import type { EntriesBehind } from '../api/answers';
import { isBusy, type Part } from '../api/queries';
import { compareDecimals, group } from '../figures/format';
import { useWords } from '../language';
import { useView } from '../view';

/** Shows that the entries add up to the figure, or says that they do not yet; `answer` is the list's first page. */
export function AddsUp({ answer, part }: { answer: EntriesBehind; part: Part | undefined }) {
  const { t } = useWords();
  const { status } = useView();
  const { figure, total, countsSubjects } = answer;
  if (!total) return null;
  const shown = part ? figure[part] : figure.value;
  const equal = shown === null ? total.entries === 0 : compareDecimals(total.sum, shown) === 0;
  const sum = t(countsSubjects ? `sumOf_${countsSubjects}` : 'sumOf', {
    entries: group(String(total.entries)),
    sum: group(total.sum),
  });
  return (
    <p className={`adds-up ${equal ? 'adds-up-equal' : ''}`}>
      {equal ? <CheckCircleFilled aria-hidden="true" /> : <WarningFilled aria-hidden="true" />}
      <span>
        {sum}
        {t('clause')}
        {t(equal ? 'sumEqual' : isBusy(status) ? 'sumComing' : 'sumDiffers', {
          figure: shown === null ? '—' : group(shown),
        })}
      </span>
    </p>
  );
}
