import { Alert, Form, Input, Modal, Radio, Select } from 'antd';
import { addMonths, monthsBetween } from '../../../../libs/core/month-range';
import { post } from '../api/request';
import type { Setting } from '../api/settings';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { choiceIn, thisMonth } from './standing-choice';

interface Fields {
  choice: string;
  since: string;
  reason: string;
}

interface SettingDialogProps {
  setting: Setting;
  /** The first month that is not closed. */
  firstOpen: string;
  close: (done: boolean) => void;
}

const AHEAD = 12;

/** Chooses a meaning from an open month on: says before what follows. */
export function SettingDialog({ setting, firstOpen, close }: SettingDialogProps) {
  const { t, label } = useWords();
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const last = addMonths([firstOpen, thisMonth()].sort()[1] ?? firstOpen, AHEAD);
  const months = Array.from({ length: monthsBetween(firstOpen, last) + 1 }, (_, at) => addMonths(firstOpen, at));
  const { choice: code, since = firstOpen } = (Form.useWatch([], form) ?? {}) as Partial<Fields>;
  const choice = setting.choices.find((one) => one.code === code);
  const title = label(setting.label);
  const send = (fields: Fields) =>
    act(async () => {
      await post('/settings', { ...fields, key: setting.key, reason: fields.reason.trim() });
      close(true);
    });
  return (
    <Modal
      open
      title={t('settingChangeOf', { title })}
      okText={t('settingChange')}
      okButtonProps={{ disabled: choice === undefined || choiceIn(setting, since) === code }}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close(false)}
    >
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ choice: choiceIn(setting, firstOpen), since: firstOpen }}
        onFinish={(fields) => void send(fields)}
      >
        <Form.Item name="choice" label={t('settingChoice')}>
          <Radio.Group className="setting-choices">
            {setting.choices.map((one) => (
              <Radio key={one.code} value={one.code}>
                {label(one.label)}
                <small>{label(one.effect)}</small>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item name="since" label={t('settingSince')} extra={t('settingSinceHint', { month: firstOpen })}>
          <Select showSearch options={months.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('settingWhy')}
          validateTrigger="onSubmit"
          rules={[{ required: true, whitespace: true, message: t('settingWhyNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
      {choice && choiceIn(setting, since) !== code && (
        <p className="consequence" role="status">
          {t('settingConsequence', { title, since, choice: label(choice.label), effect: label(choice.effect) })}
        </p>
      )}
    </Modal>
  );
}
