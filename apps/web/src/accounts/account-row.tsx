import { Button, Dropdown, Modal, Tag } from 'antd';
import type { Account, Role } from '../api/accounts';
import { patch, post } from '../api/request';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import type { Secret } from './shown-once';

interface AccountRowProps {
  account: Account;
  role: Role | undefined;
  edit: () => void;
  changed: () => Promise<unknown>;
  tell: (secret: Secret) => void;
}

export function AccountRow({ account, role, edit, changed, tell }: AccountRowProps) {
  const { t, label, name } = useWords();
  const { orgs } = useView();
  const session = useSession();
  const say = useProblemSentence();
  const [modal, dialogs] = Modal.useModal();
  const org = orgs.get(account.org);
  const disabled = account.disabledAt !== null;
  const who = { name: account.displayName };

  const ask = (title: string, content: string, okText: string, work: () => Promise<void>) =>
    void modal.confirm({
      title,
      content,
      okText,
      onOk: () =>
        work().then(changed, (error: unknown) => void modal.error({ title: t('notDone'), content: say(error) })),
    });
  const reset = async () => {
    const { oneTimePassword } = await post<{ oneTimePassword: string }>(`/accounts/${account.id}/reset`, {});
    tell({
      title: t('oneTimePassword', who),
      hint: t('oneTimePasswordHint', { name: account.name }),
      text: oneTimePassword,
    });
  };
  const items = [
    {
      key: 'reset',
      label: t('resetPassword'),
      onClick: () => ask(t('resetTitle', who), t('resetText'), t('resetPassword'), reset),
    },
    {
      key: 'unlock',
      label: t('unlock'),
      onClick: () =>
        ask(t('unlockTitle', who), t('unlockText'), t('unlock'), () => post(`/accounts/${account.id}/unlock`, {})),
    },
    {
      key: 'disable',
      label: t(disabled ? 'enable' : 'disable'),
      danger: !disabled,
      onClick: () =>
        ask(
          t(disabled ? 'enableTitle' : 'disableTitle', who),
          t(disabled ? 'enableText' : 'disableText'),
          t(disabled ? 'enable' : 'disable'),
          () => patch(`/accounts/${account.id}`, { disabled: !disabled }),
        ),
    },
  ];
  return (
    <tr className={disabled ? 'ended' : undefined}>
      <th scope="row">
        {account.displayName}
        <small>{account.name}</small>
      </th>
      <td>{role && label(role.label)}</td>
      <td>{org ? name(org) : account.org}</td>
      <td>
        <div className="states">
          {disabled ? (
            <Tag>{t('stateDisabled')}</Tag>
          ) : (
            <>
              <Tag color="green">{t('stateActive')}</Tag>
              {account.lockedUntil !== null && (
                <Tag color="red">{t('stateLocked', { until: sayInstant(account.lockedUntil).slice(11, 16) })}</Tag>
              )}
              {account.mustChangePassword && !account.signedOn && <Tag color="gold">{t('stateFirst')}</Tag>}
              {account.totp && <Tag>{t('stateSecondFactor')}</Tag>}
              {account.signOnName && <Tag>{t(account.signedOn ? 'stateSignedOn' : 'stateSignOn')}</Tag>}
              {account.demonstration && <Tag>{t('stateDemonstration')}</Tag>}
            </>
          )}
        </div>
      </td>
      <td className="account-actions">
        {dialogs}
        {account.demonstration ? null : (
          <>
            <Button type="text" onClick={edit}>
              {t('edit')}
            </Button>
            {account.name !== session.name && (
              <Dropdown menu={{ items }} trigger={['click']}>
                <Button type="text" aria-label={t('moreFor', who)}>
                  {t('moreOf')}
                </Button>
              </Dropdown>
            )}
          </>
        )}
      </td>
    </tr>
  );
}
