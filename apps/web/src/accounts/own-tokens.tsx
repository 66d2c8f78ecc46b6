import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { tokensQuery, type AccessToken } from '../api/accounts';
import { post, remove } from '../api/request';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { TextField } from '../session/text-field';
import { useAct } from '../session/use-act';
import { ShownOnce, type Secret } from './shown-once';

interface Fields {
  name: string;
  permissions: string[];
  days: number;
}

const DAYS = [30, 90, 180, 366];

/** The tokens by which one's own programs come in. */
export function OwnTokens() {
  const { t, label } = useWords();
  const say = useProblemSentence();
  const queries = useQueryClient();
  const { data, error } = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<Secret>();
  const { act, refusal } = useAct();
  const known = () => queries.invalidateQueries(tokensQuery);
  const revoke = (id: string) =>
    act(async () => {
      await remove(`/tokens/${id}`);
      await known();
    });
  const called = (permission: string) => {
    const of = data?.labels[permission];
    return of ? label(of) : permission;
  };
  const now = new Date().toISOString();
  const good = data?.tokens.filter(({ revokedAt, endsAt }) => revokedAt === null && endsAt > now) ?? [];
  return (
    <section aria-label={t('tokens')}>
      <h3>{t('tokens')}</h3>
      <p className="hint">{t('tokensHint')}</p>
      {error && <Alert type="error" role="alert" title={say(error)} />}
      {refusal && <Alert type="error" role="alert" title={refusal} />}
      <ul className="tokens">
        {good.map(({ id, name, permissions, endsAt, usedAt }: AccessToken) => (
          <li key={id}>
            <div>
              {name}
              <small>{permissions.map(called).join(t('listComma'))}</small>
              <small>
                {t('tokenUntil', { day: sayInstant(endsAt).slice(0, 10) })}{' '}
                {usedAt ? t('tokenUsed', { day: sayInstant(usedAt).slice(0, 10) }) : t('tokenUnused')}
              </small>
            </div>
            <Popconfirm title={t('revokeTitle')} okText={t('revoke')} onConfirm={() => revoke(id)}>
              <Button type="text" danger aria-label={`${t('revoke')} ${name}`}>
                {t('revoke')}
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      <Button disabled={!data} onClick={() => setMaking(true)}>
        {t('makeToken')}
      </Button>
      {making && data && (
        <TokenDialog
          permissions={data.permissions}
          called={called}
          close={(made) => {
            setMaking(false);
            setSecret(made);
            void known();
          }}
        />
      )}
      {secret && <ShownOnce secret={secret} close={() => setSecret(undefined)} />}
    </section>
  );
}

interface TokenDialogProps {
  permissions: readonly string[];
  called: (permission: string) => string;
  close: (made?: Secret) => void;
}

function TokenDialog({ permissions, called, close }: TokenDialogProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const make = (fields: Fields) =>
    act(async () => {
      const { token } = await post<{ token: string }>('/tokens', fields);
      close({ title: t('tokenMade', { name: fields.name }), hint: t('tokenMadeHint'), text: token });
    });
  return (
    <Modal
      open
      title={t('makeToken')}
      okText={t('makeToken')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close()}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ permissions: [], days: 90 }}
        onFinish={(fields) => void make(fields)}
      >
        <TextField name="name" label={t('tokenName')} placeholder={t('tokenNameExample')} autoComplete="off" />
        <Form.Item
          name="permissions"
          label={t('tokenPermissions')}
          rules={[{ required: true, type: 'array', min: 1, message: t('fillIn') }]}
        >
          <Checkbox.Group
            className="permissions"
            options={permissions.map((one) => ({ value: one, label: called(one) }))}
          />
        </Form.Item>
        <Form.Item name="days" label={t('tokenDays')}>
          <Select size="large" options={DAYS.map((days) => ({ value: days, label: t('days', { days }) }))} />
        </Form.Item>
        {refusal && <Alert type="error" role="alert" title={refusal} />}
      </Form>
    </Modal>
  );
}
