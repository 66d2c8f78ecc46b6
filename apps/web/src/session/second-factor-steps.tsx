import { Alert, Button, Form, QRCode } from 'antd';
import { useEffect, useState } from 'react';
import { post } from '../api/request';
import { useWords } from '../language';
import { TextField } from './text-field';
import { useAct } from './use-act';

/** Enrols a second factor: its key, a first code of it, and the recovery codes. */
export function SecondFactorSteps({ done }: { done: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<{ code: string }>();
  const { act, busy, refusal } = useAct({ form });
  const beginning = useAct();
  const { act: begin } = beginning;
  const [factor, setFactor] = useState<{ secret: string; uri: string }>();
  const [codes, setCodes] = useState<string[]>();
  useEffect(() => {
    let gone = false;
    void begin(async () => {
      const given = await post<{ secret: string; uri: string }>('/session/totp', {});
      if (!gone) setFactor(given);
    });
    return () => void (gone = true);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once: each asking makes another key
  }, []);
  if (codes) {
    return (
      <>
        <p>
          <strong>{t('recoveryTitle')}</strong>
        </p>
        <p className="hint">{t('recoveryHint')}</p>
        <pre className="secret recovery-codes">{codes.join('\n')}</pre>
        <Button type="primary" size="large" block onClick={done}>
          {t('recoveryKept')}
        </Button>
      </>
    );
  }
  const confirm = ({ code }: { code: string }) =>
    act(async () => {
      setCodes((await post<{ recoveryCodes: string[] }>('/session/totp/confirm', { code })).recoveryCodes);
    });
  return (
    <>
      {beginning.refusal && <Alert type="error" role="alert" title={beginning.refusal} />}
      <p className="hint">{t('secondFactorHint')}</p>
      <div className="second-factor-key">
        <QRCode value={factor?.uri ?? '-'} status={factor ? 'active' : 'loading'} size={184} type="svg" />
        <p>
          {t('secondFactorKey')}
          {factor && <code className="secret">{factor.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>}
        </p>
      </div>
      <Form<{ code: string }>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void confirm(fields)}
      >
        <TextField name="code" label={t('firstCode')} autoComplete="one-time-code" inputMode="numeric" />
        {refusal && <Alert type="error" role="alert" title={refusal} />}
        <Button type="primary" htmlType="submit" size="large" block loading={busy} disabled={!factor}>
          {t('secondFactorConfirm')}
        </Button>
      </Form>
    </>
  );
}
