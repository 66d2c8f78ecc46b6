import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { post } from '../api/request';
import { sessionQuery, setUpQuery } from '../api/session';
import { useWords } from '../language';
import { PlainPage } from './plain-page';
import { TextField } from './text-field';
import { useAct } from './use-act';

interface Fields {
  nameZh: string;
  nameEn?: string;
  code: string;
  firstDay: string;
  cities?: string;
  name: string;
  password: string;
}

/** The first page of an office: its registry, its cities, its first administrator. */
export function SetUp({ token, done }: { token: string; done: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { data } = useQuery(setUpQuery);
  const { act, busy, refusal } = useAct();
  const registry = data?.need === 'registry';
  const setUp = ({ nameZh, nameEn, code, firstDay, cities, name, password }: Fields) =>
    act(async () => {
      await post('/setup', {
        token,
        administrator: { name, password },
        ...(registry && {
          registry: { nameZh, nameEn: nameEn || undefined, code, firstDay, cities: citiesOf(cities) },
        }),
      });
      await post('/session', { name, password });
      await queries.refetchQueries(sessionQuery);
      done();
    });
  return (
    <PlainPage title={t('setUpTitle')}>
      <p className="hint">{t(registry ? 'setUpRegistryHint' : 'setUpAdministratorHint')}</p>
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void setUp(fields)}>
        {registry && (
          <>
            <TextField name="nameZh" label={t('registryName')} />
            <TextField name="nameEn" label={t('registryNameEn')} required={false} />
            <TextField name="code" label={t('registryCode')} />
            <TextField name="firstDay" label={t('registryFirstDay')} />
            <Form.Item name="cities" label={t('cities')}>
              <Input.TextArea id="cities" rows={6} />
            </Form.Item>
          </>
        )}
        <TextField name="name" label={t('administratorName')} autoComplete="username" />
        <TextField name="password" label={t('administratorPassword')} type="password" autoComplete="new-password" />
        {refusal && <Alert type="error" role="alert" title={refusal} />}
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('setUp')}
        </Button>
      </Form>
    </PlainPage>
  );
}

function citiesOf(text = ''): { code: string; nameZh: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [code = '', ...name] = line.split(/[\s,，]+/);
      return { code, nameZh: name.join(' ') };
    });
}
