import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { LedgerEntry } from '../api/ledger';
import { MOVING, statusQuery } from '../api/queries';
import { post } from '../api/request';
import { EffectPreview } from '../entries/effect-preview';
import { codesOf, kindName, orgName, outcomeName } from '../entries/entry-words';
import { withUnit } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useView } from '../view';

const NAMED = 5;
const PREVIEWED = 100;

interface ReverseDialogProps {
  entries: readonly LedgerEntry[];
  close: (done: boolean) => void;
}

/** Takes some entries back for one reason, all or none, after it has said what would move. */
export function ReverseDialog({ entries, close }: ReverseDialogProps) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const say = useProblemSentence();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ justification: string }>();
  // The same ids for as long as the dialog is open: a second try changes nothing more.
  const [reversals] = useState(() => entries.map(({ id: reverses }) => ({ id: crypto.randomUUID(), reverses })));
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ justification }: { justification: string }) =>
      post('/entries/reversals', { justification: justification.trim(), entries: reversals }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: [MOVING] });
      void queries.invalidateQueries(statusQuery);
      close(true);
    },
  });
  return (
    <Modal
      open
      title={entries.length === 1 ? t('reverseTitle') : t('reversePickedTitle', { count: entries.length })}
      okText={t('reverse')}
      okButtonProps={{ danger: true }}
      confirmLoading={isPending}
      onOk={form.submit}
      onCancel={() => close(false)}
    >
      <ul className="reversal-what reversal-list">
        {entries.slice(0, NAMED).map((entry) => (
          <li key={entry.id}>
            {[
              entry.occurredOn,
              orgName(entry.org, view, words),
              kindName(entry.kind, view, words),
              outcomeName(entry.kind, entry.outcome, view, words),
              ...codesOf(entry),
              entry.quantity === '1' ? '' : withUnit(entry.quantity, view.kinds.get(entry.kind)?.unit ?? '', words),
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
        {entries.length > NAMED && <li>…</li>}
      </ul>
      <p>{t('reverseConsequence')}</p>
      {entries.length <= PREVIEWED ? (
        <EffectPreview body={{ reversals: { justification: t('effect'), entries: reversals } }} />
      ) : (
        <p className="hint">{t('reversePickedNoPreview')}</p>
      )}
      {error && <Alert type="error" showIcon title={say(error)} role="alert" className="gap" />}
      <Form form={form} layout="vertical" onFinish={mutate} requiredMark={false}>
        <Form.Item
          name="justification"
          label={t('justification')}
          rules={[{ required: true, whitespace: true, message: t('justificationNeeded') }]}
        >
          <Input.TextArea rows={3} maxLength={500} placeholder={t('justificationExample')} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
