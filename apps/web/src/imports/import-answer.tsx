import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import type { Import } from '../api/imports';
import { IMPORTS } from '../api/queries';
import { post, Problem } from '../api/request';
import { group } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';

/** Where somebody lets an import into the ledger, or answers its question. */
export function ImportAnswer({ one }: { one: Import }) {
  const { t, label } = useWords();
  const queries = useQueryClient();
  const say = useProblemSentence();
  const id = useId();
  const { importId, counts, question, state } = one;
  const [reason, setReason] = useState(one.reason ?? '');
  const [duplicate, setDuplicate] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const late = question?.code === 'month_closed';
  const takesBack = (counts?.changed ?? 0) + (counts?.gone ?? 0);
  const due = state === 'stopped' ? late : takesBack > 0;
  const todo = takesBack + (counts?.new ?? 0);
  const isOf = (code: string) => refused instanceof Problem && refused.code === code;
  const accept = async () => {
    if (due && reason.trim() === '') return setRefused(new Problem('justification_missing', ''));
    setBusy(true);
    setRefused(undefined);
    try {
      await post(`/imports/${importId}/accept`, {
        reason: reason.trim() || undefined,
        duplicate: duplicate || undefined,
      });
    } catch (error) {
      setRefused(error);
    } finally {
      // What has been compared again shows other rows.
      for (const key of [IMPORTS, 'import-rows', 'import-effect']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
      setBusy(false);
    }
  };
  const missing = isOf('justification_missing') || isOf('reason_missing');
  if (state === 'staged' && todo === 0) {
    return <p>{t((counts?.invalid ?? 0) > 0 ? 'importAllWrong' : 'importNothingNew')}</p>;
  }
  return (
    <div className="import-answer">
      {state === 'stopped' && question && <Alert type="warning" showIcon title={label(question.sentence)} />}
      {(state === 'staged' || late) && (
        <>
          <label htmlFor={id}>{t(due ? 'importReason' : 'importReasonOptional')}</label>
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={500}
            value={reason}
            status={missing ? 'error' : undefined}
            aria-describedby={missing ? `${id}-due` : undefined}
            placeholder={t('importReasonHint')}
            onChange={({ target }) => setReason(target.value)}
          />
          {missing && (
            <p id={`${id}-due`} role="alert" className="import-due">
              {t(late ? 'importReasonLate' : 'importReasonNeeded')}
            </p>
          )}
        </>
      )}
      {refused !== undefined && !missing && (
        <Alert type={isOf('proposal_outdated') ? 'warning' : 'error'} showIcon title={say(refused)} />
      )}
      {(isOf('file_imported_before') || duplicate) && (
        <Checkbox checked={duplicate} onChange={({ target }) => setDuplicate(target.checked)}>
          {t('importDuplicate')}
        </Checkbox>
      )}
      <Button type="primary" size="large" loading={busy} onClick={() => void accept()}>
        {state === 'stopped' ? t('importGoOn') : t('importAccept', { count: group(String(todo)) })}
      </Button>
    </div>
  );
}
