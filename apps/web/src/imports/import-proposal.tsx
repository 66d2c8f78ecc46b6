import { useState } from 'react';
import type { Import, ImportCounts, Proposal } from '../api/imports';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Card } from '../page/card';
import { ImportRows } from './import-rows';

const ORDER: readonly Proposal[] = [
  'new',
  'returning',
  'changed',
  'gone',
  'invalid',
  'held',
  'blocked',
  'unchanged',
] as const;
/** Said also where there are none. */
const ALWAYS: readonly Proposal[] = ['new', 'changed', 'gone', 'invalid', 'unchanged'];
/** What is looked at first. */
const FIRST: readonly Proposal[] = ['invalid', 'changed', 'gone', 'blocked', 'new', 'unchanged'];

/** How many rows come to what, and those of one sort. */
export function ImportProposal({ one, counts }: { one: Import; counts: ImportCounts }) {
  const { t } = useWords();
  const [chosen, choose] = useState<Proposal>();
  const proposal = chosen ?? FIRST.find((each) => counts[each] > 0) ?? 'new';
  return (
    <Card
      title={t(one.state === 'done' ? 'importProposedDone' : 'importProposed')}
      hint={counts.invalid > 0 ? t('importFixedHint') : undefined}
      actions={
        counts.invalid > 0 ? (
          <a className="import-fixed" href={`/api/imports/${one.importId}/errors.xlsx`} download>
            {t('importFixed')}
          </a>
        ) : undefined
      }
    >
      <div className="import-counts" role="group" aria-label={t('importProposed')}>
        {ORDER.filter((each) => ALWAYS.includes(each) || counts[each] > 0).map((each) => (
          <button
            key={each}
            type="button"
            className={`import-count import-count-${each}`}
            aria-pressed={each === proposal}
            onClick={() => choose(each)}
          >
            <span>{t(`importCount_${each}`)}</span>
            <strong>{group(String(counts[each]))}</strong>
          </button>
        ))}
      </div>
      <p className="hint import-means">{t(`importMeans_${proposal}`)}</p>
      <ImportRows key={proposal} one={one} proposal={proposal} />
    </Card>
  );
}
