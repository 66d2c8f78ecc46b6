import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Modal, Select, TreeSelect } from 'antd';
import type { Account, PermissionLabels, Role } from '../api/accounts';
import { patch, post } from '../api/request';
import { setUpQuery } from '../api/session';
import { useWords } from '../language';
import { growTree } from '../page/org-picker';
import { TextField } from '../session/text-field';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import type { Secret } from './shown-once';

interface Fields {
  name: string;
  displayName: string;
  role: string;
  org: string;
  signOnName?: string;
}

interface AccountDialogProps {
  /** Nothing for a new one. */
  account: Account | undefined;
  roles: readonly Role[];
  labels: PermissionLabels;
  close: (made?: Secret) => void;
}

export function AccountDialog({ account, roles, labels, close }: AccountDialogProps) {
  const words = useWords();
  const { t, label } = words;
  const { orgs, status } = useView();
  const { data: setUp } = useQuery(setUpQuery);
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const chosen = Form.useWatch('role', form);
  const role = roles.find(({ code }) => code === chosen);
  const save = ({ name, displayName, role, org, signOnName }: Fields) =>
    act(async () => {
      if (account) {
        await patch(`/accounts/${account.id}`, { displayName, role, org, signOnName });
        return close();
      }
      const { account: made, oneTimePassword } = await post<{ account: Account; oneTimePassword: string }>(
        '/accounts',
        { name, displayName, role, org },
      );
      close({
        title: t('oneTimePassword', { name: made.displayName }),
        hint: t('oneTimePasswordHint', { name: made.name }),
        text: oneTimePassword,
      });
    });
  // Not what everybody may.
  const allowed = role?.permissions.filter((one) => !roles.every(({ permissions }) => permissions.includes(one))) ?? [];
  return (
    <Modal
      open
      title={account ? t('editAccount', { name: account.name }) : t('addAccount')}
      okText={t(account ? 'save' : 'addAccount')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close()}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={account ?? { role: 'clerk', org: status.root }}
        onFinish={(fields) => void save(fields)}
      >
        {!account && <TextField name="name" label={t('accountName')} hint={t('accountNameHint')} autoComplete="off" />}
        <TextField name="displayName" label={t('displayName')} autoComplete="off" />
        <Form.Item
          name="role"
          label={t('role')}
          extra={allowed
            .flatMap((permission) => (labels[permission] ? [label(labels[permission])] : []))
            .join(t('listComma'))}
        >
          <Select size="large" options={roles.map(({ code, label: of }) => ({ value: code, label: label(of) }))} />
        </Form.Item>
        <Form.Item name="org" label={t('org')} extra={t('accountOrgHint')}>
          <TreeSelect
            size="large"
            treeData={growTree(orgs, words)}
            treeDefaultExpandAll
            showSearch={{ treeNodeFilterProp: 'title' }}
          />
        </Form.Item>
        {account && setUp?.signOn && (
          <TextField
            name="signOnName"
            label={t('signOnName')}
            hint={t(account.signedOn ? 'signOnNameBound' : 'signOnNameHint')}
            required={false}
            autoComplete="off"
          />
        )}
        {refusal && <Alert type="error" role="alert" title={refusal} />}
      </Form>
    </Modal>
  );
}
