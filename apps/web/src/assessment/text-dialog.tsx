import { Alert, Form, Input, Modal } from 'antd';
import { useWords } from '../language';
import { useAct } from '../session/use-act';

interface TextDialogProps {
  title: string;
  label: string;
  hint?: string;
  /** What should be known before one goes on. */
  warnings?: readonly string[];
  initial?: string;
  okText?: string;
  /** One line, and not several. */
  short?: boolean;
  /** The sentence where nothing is written; nothing: it may be empty. */
  needed?: string;
  save: (text: string) => Promise<void>;
  close: () => void;
}

/** Asks for a text, and keeps it while the server refuses it. */
export function TextDialog({
  title,
  label,
  hint,
  warnings = [],
  initial,
  okText,
  short,
  needed,
  save,
  close,
}: TextDialogProps) {
  const { t } = useWords();
  const [form] = Form.useForm<{ text: string }>();
  const { act, busy, refusal } = useAct();
  return (
    <Modal
      open
      title={title}
      okText={okText ?? t('save')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={close}
      destroyOnHidden
    >
      {hint !== undefined && <p className="consequence gap">{hint}</p>}
      {warnings.map((text) => (
        <Alert key={text} type="warning" showIcon title={text} className="gap" />
      ))}
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ text: initial ?? '' }}
        onFinish={({ text }) =>
          void act(async () => {
            await save((text ?? '').trim());
            close();
          })
        }
      >
        <Form.Item
          name="text"
          label={label}
          validateTrigger="onSubmit"
          rules={needed === undefined ? [] : [{ required: true, whitespace: true, message: needed }]}
        >
          {short ? <Input autoFocus autoComplete="off" /> : <Input.TextArea autoFocus rows={4} maxLength={2000} />}
        </Form.Item>
      </Form>
    </Modal>
  );
}
