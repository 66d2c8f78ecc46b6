import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { post } from '../api/request';
import { sessionQuery, setUpQuery } from '../api/session';
import { useWords } from '../language';
import { citiesOf } from './cities';
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
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form, nameOf: (field) => field.split('.')[1] ?? field });
  const registry = data?.need === 'registry';
  const [typed = '', typedCode = ''] = [Form.useWatch('cities', form), Form.useWatch('code', form)];
  const code = typedCode.normalize('NFKC').trim().toUpperCase();
  const cities = citiesOf(typed, code);
  const setUp = ({ nameZh, nameEn, firstDay, name, password }: Fields) =>
    act(async () => {
      await post('/setup', {
        token,
        administrator: { name, password },
        ...(registry && { registry: { nameZh, nameEn: nameEn?.trim() || undefined, code, firstDay, cities } }),
      });
      await post('/session', { name, password });
      await queries.refetchQueries(sessionQuery);
      done();
    });
  if (data?.need === null) {
    return (
      <PlainPage title={t('setUpTitle')}>
        <p>{t('setUpDone')}</p>
        <Button type="primary" size="large" block onClick={done}>
          {t('signIn')}
        </Button>
      </PlainPage>
    );
  }
  return (
    <PlainPage title={t('setUpTitle')}>
      <p className="hint">{t(registry ? 'setUpRegistryHint' : 'setUpAdministratorHint')}</p>
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void setUp(fields)}>
        {registry && (
          <>
            <h3>{t('setUpRegistry')}</h3>
            <TextField name="nameZh" label={t('registryName')} placeholder={t('registryNameExample')} />
            <TextField name="nameEn" label={t('registryNameEn')} required={false} />
            <TextField name="code" label={t('registryCode')} hint={t('registryCodeHint')} placeholder="HN" />
            <TextField name="firstDay" label={t('registryFirstDay')} hint={t('registryFirstDayHint')} type="date" />
            <Form.Item
              name="cities"
              label={t('cities')}
              extra={
                cities.length === 0
                  ? t('cityListHint')
                  : t('citiesRead', {
                      count: cities.length,
                      list: cities.map((city) => `${city.code} ${city.nameZh}`).join(t('listComma')),
                    })
              }
            >
              <Input.TextArea id="cities" autoSize={{ minRows: 5, maxRows: 16 }} placeholder={t('citiesExample')} />
            </Form.Item>
            <h3>{t('setUpAdministrator')}</h3>
          </>
        )}
        <TextField name="name" label={t('administratorName')} hint={t('accountNameHint')} autoComplete="username" />
        <TextField
          name="password"
          label={t('administratorPassword')}
          hint={t('administratorPasswordHint')}
          type="password"
          autoComplete="new-password"
        />
        <TextField
          name="again"
          label={t('passwordAgain')}
          type="password"
          autoComplete="new-password"
          repeats={{ name: 'password', otherwise: t('passwordsDiffer') }}
        />
        {refusal && <Alert type="error" role="alert" title={refusal} />}
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('setUp')}
        </Button>
      </Form>
    </PlainPage>
  );
}
