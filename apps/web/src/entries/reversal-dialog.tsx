import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { BehindEntry } from '../api/answers';
import { MOVING, statusQuery } from '../api/queries';
import { post } from '../api/request';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useView } from '../view';
import { EffectPreview } from './effect-preview';
import { codesOf, kindName, orgName, outcomeName } from './entry-words';

/** Asks why, says what follows, and reverses the entry. */
export function ReversalDialog({ entry, close }: { entry: BehindEntry; close: (done: boolean) => void }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const say = useProblemSentence();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ justification: string }>();
  // One id for as long as the dialog is open: a second try of the same reversal changes nothing more.
  const [id] = useState(() => crypto.randomUUID());
  const preview = {
    reversals: { justification: t('effect'), entries: [{ id, reverses: entry.id }] },
  };
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ justification }: { justification: string }) =>
      post(`/entries/${entry.id}/reversal`, { id, justification: justification.trim() }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: [MOVING, 'entries'] });
      void queries.invalidateQueries(statusQuery);
      close(true);
    },
  });
  const what = [
    entry.occurredOn,
    orgName(entry.org, view, words),
    kindName(entry.kind, view, words),
    outcomeName(entry.kind, entry.outcome, view, words),
    ...codesOf(entry),
  ].filter(Boolean);
  return (
    <Modal
      open
      title={t('reverseTitle')}
      okText={t('reverse')}
      okButtonProps={{ danger: true }}
      confirmLoading={isPending}
      onOk={form.submit}
      onCancel={() => close(false)}
    >
      <p className="reversal-what">{what.join(' · ')}</p>
      <p>{t('reverseConsequence')}</p>
      <EffectPreview body={preview} />
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
