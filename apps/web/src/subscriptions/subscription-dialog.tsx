import { Alert, Form, Modal, Radio, TreeSelect } from 'antd';
import { post } from '../api/request';
import type { Topic, Via } from '../api/subscriptions';
import type { Secret } from '../accounts/shown-once';
import { useWords } from '../language';
import { growTree } from '../page/org-picker';
import { TextField } from '../session/text-field';
import { useAct } from '../session/use-act';
import { useView } from '../view';

interface Fields {
  topic: Topic;
  via: Via;
  address: string;
  org: string;
}

interface SubscriptionDialogProps {
  topics: readonly Topic[];
  ways: readonly Via[];
  close: (made: boolean, secret?: Secret) => void;
}

export function SubscriptionDialog({ topics, ways, close }: SubscriptionDialogProps) {
  const words = useWords();
  const { t } = words;
  const { orgs, status } = useView();
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const via = Form.useWatch('via', form) ?? ways[0];
  const make = (fields: Fields) =>
    act(async () => {
      const { secret } = await post<{ id: string; secret: string | null }>('/subscriptions', fields);
      if (secret === null) return close(true);
      close(true, { title: t('subscriptionSecret'), hint: t('subscriptionSecretHint'), text: secret });
    });
  return (
    <Modal
      open
      title={t('subscriptionAdd')}
      okText={t('subscriptionAdd')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close(false)}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ topic: topics[0], via: ways[0], org: status.root }}
        onFinish={(fields) => void make(fields)}
      >
        <Form.Item name="topic" label={t('subscriptionTopic')}>
          <Radio.Group className="setting-choices">
            {topics.map((topic) => (
              <Radio key={topic} value={topic}>
                {t(`topic_${topic}`)}
                <small>{t(`topicHint_${topic}`)}</small>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item name="via" label={t('subscriptionVia')}>
          <Radio.Group className="setting-choices">
            {ways.map((way) => (
              <Radio key={way} value={way}>
                {t(`via_${way}`)}
                {way === 'webhook' && <small>{t('viaHint_webhook')}</small>}
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        {via === 'webhook' ? (
          <TextField
            name="address"
            label={t('subscriptionUrl')}
            hint={t('subscriptionUrlHint')}
            placeholder="https://"
            autoComplete="off"
          />
        ) : (
          <TextField
            name="address"
            label={t('subscriptionMailbox')}
            placeholder="name@example.org"
            inputMode="email"
            autoComplete="email"
          />
        )}
        <Form.Item name="org" label={t('subscriptionOrg')} extra={t('subscriptionOrgHint')}>
          <TreeSelect
            size="large"
            treeData={growTree(orgs, words)}
            treeDefaultExpandAll
            showSearch={{ treeNodeFilterProp: 'title' }}
          />
        </Form.Item>
        {refusal !== undefined && <Alert type="error" role="alert" title={refusal} />}
      </Form>
    </Modal>
  );
}
