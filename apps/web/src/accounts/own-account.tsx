import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, notification } from 'antd';
import { useState } from 'react';
import { post, remove } from '../api/request';
import { sessionQuery } from '../api/session';
import { useWords } from '../language';
import { useSession } from '../session/gate';
import { PasswordForm } from '../session/password-form';
import { SecondFactorSteps } from '../session/second-factor-steps';
import { TextField } from '../session/text-field';
import { useAct } from '../session/use-act';
import { OwnTokens } from './own-tokens';
import '../texts/accounts';

/** What everybody keeps for themselves: password, second factor, tokens, sessions. */
export default function OwnAccount({ open, close }: { open: boolean; close: () => void }) {
  const { t, label } = useWords();
  const { name, displayName, role, demonstration } = useSession();
  const queries = useQueryClient();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const { act, busy } = useAct();
  const endAll = () =>
    act(async () => {
      await remove('/session/all');
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
      await queries.refetchQueries(sessionQuery);
    });
  return (
    <Drawer open={open} onClose={close} size={480} title={t('ownAccount')} destroyOnHidden>
      {toasts}
      <div className="own-account">
        <p>
          <strong>{displayName}</strong>
          <small>
            {name} · {label(role.label)}
          </small>
        </p>
        {demonstration ? (
          <p className="hint">{t('ownDemonstration')}</p>
        ) : (
          <>
            <section aria-label={t('changePassword')}>
              <h3>{t('changePassword')}</h3>
              <PasswordForm done={async () => toast.success({ title: t('passwordChanged') })} />
            </section>
            <SecondFactor />
          </>
        )}
        <OwnTokens />
        <section aria-label={t('endAll')}>
          <h3>{t('endAll')}</h3>
          <p className="hint">{t('endAllHint')}</p>
          <Button loading={busy} onClick={() => void endAll()}>
            {t('endAll')}
          </Button>
        </section>
      </div>
    </Drawer>
  );
}

function SecondFactor() {
  const { t } = useWords();
  const { totp, role } = useSession();
  const queries = useQueryClient();
  const [step, setStep] = useState<'begin' | 'end'>();
  const [form] = Form.useForm<{ password: string }>();
  const { act, busy, refusal } = useAct({ form });
  const known = async () => {
    setStep(undefined);
    await queries.refetchQueries(sessionQuery);
  };
  const end = ({ password }: { password: string }) =>
    act(async () => {
      await post('/session/totp/removal', { password });
      await known();
    });
  return (
    <section aria-label={t('secondFactor')}>
      <h3>{t('secondFactor')}</h3>
      {step === 'begin' && <SecondFactorSteps done={() => void known()} />}
      {step === undefined && (
        <>
          <p className="hint">{t(totp ? 'secondFactorOn' : 'secondFactorOff')}</p>
          <Button onClick={() => setStep(totp ? 'end' : 'begin')}>
            {t(totp ? 'secondFactorEnd' : 'secondFactorBegin')}
          </Button>
        </>
      )}
      {step === 'end' && (
        <Form<{ password: string }>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(fields) => void end(fields)}
        >
          {role.code === 'administrator' && <p className="hint">{t('secondFactorAgain')}</p>}
          <TextField name="password" label={t('currentPassword')} type="password" autoComplete="current-password" />
          {refusal && <Alert type="error" role="alert" title={refusal} />}
          <Button htmlType="submit" danger loading={busy}>
            {t('secondFactorEnd')}
          </Button>
        </Form>
      )}
    </section>
  );
}
