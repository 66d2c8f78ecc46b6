import { Alert, Button } from 'antd';
import { go } from '../address';
import type { Import } from '../api/imports';
import { group } from '../figures/format';
import { useWords } from '../language';

/** What became of an import that is over. */
export function ImportResult({ one: { importId, state, entriesPosted, problem } }: { one: Import }) {
  const { t, label } = useWords();
  const count = group(String(entriesPosted));
  const said =
    state === 'refused'
      ? problem
        ? label(problem.sentence)
        : t('importState_refused')
      : state === 'cancelled'
        ? t('importCancelled', { count })
        : entriesPosted === 0
          ? t('importDoneNothing')
          : t('importDone', { count });
  return (
    <Alert
      type={state === 'done' ? 'success' : state === 'refused' ? 'error' : 'info'}
      showIcon
      role="status"
      className="import-alert"
      title={said}
      action={
        entriesPosted > 0 && (
          <Button size="small" onClick={() => go({ tab: 'ledger', import: importId, file: undefined })}>
            {t('importLookThere')}
          </Button>
        )
      }
    />
  );
}
