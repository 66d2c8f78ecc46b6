import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { useEffect, useState } from 'react';
import { post } from '../api/request';
import { sessionQuery } from '../api/session';
import { useWords } from '../language';
import { PlainPage } from './plain-page';
import { SignOut } from './sign-out';
import { TextField } from './text-field';
import { useAct } from './use-act';

/** What an administrator has to do before anything else. */
export function EnrolSecondFactor() {
  const { t } = useWords();
  const queries = useQueryClient();
  const { act, busy, refusal } = useAct();
  const [factor, setFactor] = useState<{ secret: string; uri: string }>();
  const [codes, setCodes] = useState<string[]>();
  useEffect(() => {
    let gone = false;
    post<{ secret: string; uri: string }>('/session/totp', {}).then(
      (given) => !gone && setFactor(given),
      () => undefined,
    );
    return () => void (gone = true);
  }, []);
  if (codes) {
    return (
      <PlainPage title={t('recoveryTitle')}>
        <p className="hint">{t('recoveryHint')}</p>
        <pre className="secret">{codes.join('\n')}</pre>
        <Button type="primary" size="large" block onClick={() => void queries.refetchQueries(sessionQuery)}>
          {t('recoveryKept')}
        </Button>
      </PlainPage>
    );
  }
  const confirm = ({ code }: { code: string }) =>
    act(async () => {
      setCodes((await post<{ recoveryCodes: string[] }>('/session/totp/confirm', { code })).recoveryCodes);
    });
  return (
    <PlainPage title={t('secondFactorTitle')}>
      <p className="hint">{t('secondFactorHint')}</p>
      <p>
        {t('secondFactorKey')}: <code className="secret">{factor?.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={(fields) => void confirm(fields)}>
        <TextField name="code" label={t('secondFactorCode')} autoComplete="one-time-code" />
        {refusal && <Alert type="error" role="alert" title={refusal} />}
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('secondFactorConfirm')}
        </Button>
      </Form>
      <SignOut />
    </PlainPage>
  );
}
