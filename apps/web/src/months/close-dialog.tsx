import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { monthsQuery, type MonthOrg } from '../api/months';
import { post } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';

interface CloseDialogProps {
  month: string;
  orgs: readonly MonthOrg[];
  /** With what has been done, if anything. */
  close: (done?: string) => void;
}

export function CloseDialog({ month, orgs, close }: CloseDialogProps) {
  const { t, label } = useWords();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ reason?: string }>();
  const { act, busy, refusal } = useAct({ form });
  const missing = orgs.filter(({ state }) => state !== 'submitted').map(({ name }) => label(name));
  const send = ({ reason }: { reason?: string }) =>
    act(async () => {
      await post(`/months/${month}/close`, { reason: reason?.trim() || null });
      void queries.invalidateQueries({ queryKey: monthsQuery.queryKey });
      close(t('closeDone', { month }));
    });
  return (
    <Modal
      open
      title={t('closeMonth', { month })}
      okText={t('close')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close()}
    >
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      <p>{t('closeHow', { month })}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void send(fields)}>
        {missing.length > 0 && (
          <>
            <p>{t('closeWithout', { orgs: missing.join(t('enumeration')) })}</p>
            <Form.Item
              name="reason"
              label={t('monthReason')}
              rules={[{ required: true, whitespace: true, message: t('monthReasonNeeded') }]}
            >
              <Input.TextArea rows={2} maxLength={500} autoFocus />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
