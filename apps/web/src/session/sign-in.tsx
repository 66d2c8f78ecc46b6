import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { useState } from 'react';
import { Problem, post } from '../api/request';
import { demonstrationQuery, sessionQuery, setUpQuery, type DemonstrationAccount } from '../api/session';
import { useWords } from '../language';
import type { TextKey } from '../texts';
import { PlainPage } from './plain-page';
import { TextField } from './text-field';
import { useAct } from './use-act';

interface Fields {
  name: string;
  password: string;
  code?: string;
}

const SIGN_ON_REFUSALS: Readonly<Record<string, TextKey>> = {
  attempt: 'signOnAttempt',
  unknown: 'signOnUnknown',
  ambiguous: 'signOnAmbiguous',
  disabled: 'signOnDisabled',
  factor: 'signOnFactor',
};

export function SignIn() {
  const { t, label } = useWords();
  const queries = useQueryClient();
  const demonstration = useQuery(demonstrationQuery);
  const setUp = useQuery(setUpQuery);
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const [coded, setCoded] = useState(false);
  const signIn = (fields: Fields) =>
    act(async () => {
      try {
        await post('/session', fields);
      } catch (error) {
        // Said as a field to fill in, not as a fault.
        if (!(error instanceof Problem) || error.code !== 'second_factor_needed') throw error;
        return setCoded(true);
      }
      await queries.refetchQueries(sessionQuery);
    });
  const [signOnRefusal] = useState(readSignOnRefusal);
  const accounts = demonstration.data?.accounts ?? [];
  return (
    <PlainPage title={t('signInTitle')}>
      {signOnRefusal && <Alert type="error" role="alert" title={t(signOnRefusal)} />}
      {setUp.data?.need && <Alert type="info" title={t('nobodyYet')} />}
      {accounts.length > 0 && (
        <div className="demonstration-accounts">
          <h3>{t('demonstrationSignIn')}</h3>
          <p className="hint">{t('demonstrationSignInHint')}</p>
          {accounts.map(({ name, password, role }: DemonstrationAccount) => (
            <Button key={name} size="large" disabled={busy} onClick={() => void signIn({ name, password })}>
              {label(role.label)}
            </Button>
          ))}
        </div>
      )}
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void signIn(fields)}>
        <TextField name="name" label={t('accountName')} autoComplete="username" />
        <TextField name="password" label={t('password')} type="password" autoComplete="current-password" />
        {coded && <TextField name="code" label={t('secondFactorCode')} autoComplete="one-time-code" autoFocus />}
        {refusal && <Alert type="error" role="alert" title={refusal} />}
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('signIn')}
        </Button>
      </Form>
      {setUp.data?.signOn && (
        <Button size="large" block href="/api/session/oidc">
          {t('signOn')}
        </Button>
      )}
      <p className="hint">{t('signInForgotten')}</p>
    </PlainPage>
  );
}

/** Why the server sent the browser back from the sign-on provider. */
function readSignOnRefusal(): TextKey | undefined {
  const [, reason] = /^#sign-on=(\w+)$/.exec(window.location.hash) ?? [];
  if (reason === undefined) return undefined;
  return SIGN_ON_REFUSALS[reason] ?? 'signOnProvider';
}
