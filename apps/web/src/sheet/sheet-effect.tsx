import { useMemo } from 'react';
import { EffectPreview } from '../entries/effect-preview';
import { useWords } from '../language';
import { NO_DRAFT } from './sheet-draft';
import { sheetBody, type Cell } from './sheet-state';

/** How many entries and reversals one look takes. */
const AT_MOST = 100;

/** What saving a day's corrections would do, before they are saved. */
export function SheetEffect({ cells, day, late }: { cells: readonly Cell[]; day: string; late: boolean }) {
  const { t } = useWords();
  const why = t('effect');
  const typed = JSON.stringify(cells);
  const body = useMemo(() => {
    const { entries, taken } = sheetBody(JSON.parse(typed) as Cell[], day, { ...NO_DRAFT, why }, late);
    if (entries.length + taken.length > AT_MOST) return null;
    return { entries, ...(taken.length > 0 && { reversals: { justification: why, entries: taken } }) };
  }, [typed, day, late, why]);
  return body && <EffectPreview body={body} />;
}
