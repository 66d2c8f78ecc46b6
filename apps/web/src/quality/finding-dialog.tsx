import { Alert, Form, Input, Modal } from 'antd';
import type { Finding } from '../api/quality';
import { post } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';

/** What a person says of a finding. */
export type Verdict = 'acknowledged' | 'resolved';

interface FindingDialogProps {
  finding: Finding;
  to: Verdict;
  close: (done: boolean) => void;
}

/** Says what follows, and asks why a finding is right as it stands, or what was done about it. */
export function FindingDialog({ finding, to, close }: FindingDialogProps) {
  const { t, language } = useWords();
  const [form] = Form.useForm<{ reason?: string }>();
  const { act, busy, refusal } = useAct({ form });
  const right = to === 'acknowledged';
  const send = ({ reason }: { reason?: string }) =>
    act(async () => {
      await post(`/quality/findings/${finding.id}`, { state: to, reason: reason?.trim() || undefined });
      close(true);
    });
  return (
    <Modal
      open
      title={t(right ? 'acknowledge' : 'resolve')}
      okText={t(right ? 'acknowledge' : 'resolve')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close(false)}
    >
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      <p className="reversal-what">{finding.sentence[language]}</p>
      <p>{t(right ? 'acknowledgeHow' : 'resolveHow')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void send(fields)}>
        <Form.Item
          name="reason"
          label={t(right ? 'findingWhy' : 'findingDone')}
          validateTrigger="onSubmit"
          rules={[{ required: right, whitespace: true, message: t('findingWhyNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
