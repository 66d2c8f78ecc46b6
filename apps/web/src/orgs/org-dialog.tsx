import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { dateInShanghai } from '../../../../libs/core/period';
import type { Account } from '../api/accounts';
import type { Org } from '../api/answers';
import { orgsQuery } from '../api/queries';
import { patch, post } from '../api/request';
import { useWords } from '../language';
import { TextField } from '../session/text-field';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { LEVELS } from './org-words';

/** What is done with an org: another below it, another name, its end, or its end undone. */
export type OrgDoing = 'add' | 'rename' | 'close' | 'reopen';

interface Fields {
  code?: string;
  level?: string;
  nameZh?: string;
  nameEn?: string;
  closedOn?: string;
}

interface OrgDialogProps {
  org: Org;
  doing: OrgDoing;
  /** Those of the org itself. */
  accounts: readonly Account[];
  close: (done?: string) => void;
}

/** Asks for what is needed, and says in words what follows. */
export function OrgDialog({ org, doing, accounts, close }: OrgDialogProps) {
  const { t, name } = useWords();
  const { status } = useView();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const today = dateInShanghai(new Date());
  const day = Form.useWatch('closedOn', form) || today;
  const called = { name: name(org) };
  const titles = {
    add: t('orgAddTo', called),
    rename: t('orgRenameOf', called),
    close: t('orgCloseOf', called),
    reopen: t('orgReopenOf', called),
  };
  const buttons = { add: t('orgAdd'), rename: t('save'), close: t('orgClose'), reopen: t('orgReopen') };
  const send = ({ code, level, nameZh, nameEn, closedOn }: Fields) =>
    act(async () => {
      if (doing === 'add') {
        await post('/orgs', { code, parent: org.org, level, nameZh, nameEn: nameEn?.trim() || undefined });
      } else if (doing === 'rename') await patch(`/orgs/${org.org}`, { nameZh, nameEn: nameEn?.trim() || nameZh });
      else await patch(`/orgs/${org.org}`, { closedOn: doing === 'close' ? closedOn : null });
      await queries.invalidateQueries(orgsQuery);
      close(doing === 'add' ? t('orgAdded', { name: nameZh ?? '' }) : t('orgChanged'));
    });
  const effects = {
    add: [
      t('orgAddEffect', called),
      ...(org.org === status.root && org.level === 'registry' ? [t('orgAddSubmits')] : []),
    ],
    rename: [t('orgRenameEffect')],
    close: [
      t('orgCloseEffect', { ...called, day }),
      ...(accounts.length > 0
        ? [
            t('orgCloseAccounts', {
              count: accounts.length,
              names: accounts.map(({ displayName }) => displayName).join(t('listComma')),
            }),
          ]
        : []),
    ],
    reopen: [t('orgReopenEffect', called)],
  };
  return (
    <Modal
      open
      title={titles[doing]}
      okText={buttons[doing]}
      okButtonProps={{ danger: doing === 'close' }}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close()}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          doing === 'rename'
            ? { nameZh: org.nameZh, nameEn: org.nameEn }
            : { level: org.level === 'registry' ? 'city' : 'county', closedOn: today }
        }
        onFinish={(fields) => void send(fields)}
      >
        {doing === 'add' && (
          <>
            <TextField name="code" label={t('orgCode')} hint={t('orgCodeHint')} autoComplete="off" />
            <Form.Item name="level" label={t('orgLevel')}>
              <Select size="large" options={LEVELS.map((value) => ({ value, label: t(`level_${value}`) }))} />
            </Form.Item>
          </>
        )}
        {(doing === 'add' || doing === 'rename') && (
          <>
            <TextField name="nameZh" label={t('orgNameZh')} autoComplete="off" />
            <TextField name="nameEn" label={t('orgNameEn')} required={false} autoComplete="off" />
          </>
        )}
        {doing === 'close' && (
          <Form.Item
            name="closedOn"
            label={t('orgCloseDay')}
            extra={t('orgCloseDayHint')}
            validateTrigger="onSubmit"
            rules={[{ required: true, message: t('fillIn') }]}
          >
            <Input type="date" size="large" />
          </Form.Item>
        )}
        {refusal !== undefined && <Alert type="error" role="alert" title={refusal} className="gap" />}
      </Form>
      <div className="consequence" role="status">
        {effects[doing].map((effect) => (
          <p key={effect}>{effect}</p>
        ))}
      </div>
    </Modal>
  );
}
