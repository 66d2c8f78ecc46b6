import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { post } from '../api/request';
import { sessionQuery } from '../api/session';
import { useWords } from '../language';
import { PlainPage } from './plain-page';
import { SignOut } from './sign-out';
import { TextField } from './text-field';
import { useAct } from './use-act';

interface Fields {
  current: string;
  password: string;
  again: string;
}

/** What a first sign-in has to do before anything else. */
export function ChangePassword() {
  const { t } = useWords();
  const queries = useQueryClient();
  const { act, busy, refusal, refuse } = useAct();
  const change = ({ current, password, again }: Fields) => {
    if (password !== again) return refuse(t('passwordsDiffer'));
    void act(async () => {
      await post('/session/password', { current, password });
      await queries.refetchQueries(sessionQuery);
    });
  };
  return (
    <PlainPage title={t('changePasswordTitle')}>
      <p className="hint">{t('changePasswordHint')}</p>
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={change}>
        <TextField name="current" label={t('currentPassword')} type="password" autoComplete="current-password" />
        <TextField name="password" label={t('newPassword')} type="password" autoComplete="new-password" />
        <TextField name="again" label={t('newPasswordAgain')} type="password" autoComplete="new-password" />
        {refusal && <Alert type="error" role="alert" title={refusal} />}
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('changePassword')}
        </Button>
      </Form>
      <SignOut />
    </PlainPage>
  );
}
