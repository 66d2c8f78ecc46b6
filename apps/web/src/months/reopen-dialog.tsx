import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Skeleton } from 'antd';
import { monthsQuery, reopenEffectQuery } from '../api/months';
import { post } from '../api/request';
import { group } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useAct } from '../session/use-act';

/** Says what reopening would undo before it is done. */
export function ReopenDialog({ month, close }: { month: string; close: (done?: string) => void }) {
  const { t, label } = useWords();
  const say = useProblemSentence();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const { act, busy, refusal } = useAct({ form });
  const { data: effect, error } = useQuery(reopenEffectQuery(month));
  const named = (moving: boolean) =>
    (effect?.assessments ?? [])
      .filter(({ moves }) => moves === moving)
      .map(({ title, period, project }) => [period, label(title), project].filter(Boolean).join(' '))
      .join(t('enumeration'));
  const send = ({ reason }: { reason: string }) =>
    act(async () => {
      await post(`/months/${month}/reopen`, { reason: reason.trim() });
      void queries.invalidateQueries({ queryKey: monthsQuery.queryKey });
      close(t('reopenDone', { month }));
    });
  return (
    <Modal
      open
      title={t('reopenMonth', { month })}
      okText={t('reopen')}
      okButtonProps={{ danger: true, disabled: !effect }}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close()}
    >
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      {error ? (
        <Alert type="error" showIcon title={say(error)} role="alert" />
      ) : effect ? (
        <p>
          {t('reopenHow', {
            months: effect.months.join(t('enumeration')),
            figures: group(String(effect.figures)),
            keys: effect.keys.length,
          })}{' '}
          {named(true) && t('reopenAssessments', { forms: named(true) })}{' '}
          {named(false) && t('reopenFrozen', { forms: named(false) })}
        </p>
      ) : (
        <Skeleton active paragraph={{ rows: 1 }} />
      )}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void send(fields)}>
        <Form.Item
          name="reason"
          label={t('monthReason')}
          rules={[{ required: true, whitespace: true, message: t('monthReasonNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
