import { Alert, Button, Form } from 'antd';
import { post } from '../api/request';
import { useWords } from '../language';
import { TextField } from './text-field';
import { useAct } from './use-act';

interface Fields {
  current: string;
  password: string;
}

/** Changes the own password. */
export function PasswordForm({ done }: { done: () => Promise<unknown> }) {
  const { t } = useWords();
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const change = ({ current, password }: Fields) =>
    act(async () => {
      await post('/session/password', { current, password });
      form.resetFields();
      await done();
    });
  const repeats = { name: 'password', otherwise: t('passwordsDiffer') };
  return (
    <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void change(fields)}>
      <TextField name="current" label={t('currentPassword')} type="password" autoComplete="current-password" />
      <TextField
        name="password"
        label={t('newPassword')}
        hint={t('passwordRule')}
        type="password"
        autoComplete="new-password"
      />
      <TextField
        name="again"
        label={t('newPasswordAgain')}
        type="password"
        autoComplete="new-password"
        repeats={repeats}
      />
      {refusal && <Alert type="error" role="alert" title={refusal} />}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('changePassword')}
      </Button>
    </Form>
  );
}
