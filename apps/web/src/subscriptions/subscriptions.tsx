import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, notification } from 'antd';
import { useState } from 'react';
import { useAddress } from '../address';
import { SUBSCRIPTIONS, subscriptionsQuery, type Topic, type Via } from '../api/subscriptions';
import { ShownOnce, type Secret } from '../accounts/shown-once';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { DeliveriesDrawer } from './deliveries-drawer';
import { SubscriptionDialog } from './subscription-dialog';
import { SubscriptionRow } from './subscription-row';
import '../styles/subscriptions.css';
import '../texts/accounts';
import '../texts/subscriptions';

const TOPICS: readonly Topic[] = ['worklists', 'assessments', 'months'];

/** Who is told of what, by mail or by webhook; and whether it arrived. */
export default function Subscriptions() {
  const { t } = useWords();
  const queries = useQueryClient();
  const address = useAddress();
  const { permissions } = useSession();
  const { orgs, status } = useView();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<Secret>();
  const { data, error, refetch } = useQuery(subscriptionsQuery);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={420} />;
  const { subscriptions, mail } = data;
  const byMail = permissions.includes('entries.read');
  const keeper = permissions.includes('settings.manage');
  const byWebhook = keeper && orgs.get(status.root ?? '')?.level === 'registry';
  const ways: Via[] = [...(byMail && mail ? (['mail'] as const) : []), ...(byWebhook ? (['webhook'] as const) : [])];
  const changed = () => queries.invalidateQueries({ queryKey: [SUBSCRIPTIONS] });
  const tell = (title: string, well: boolean) => void (well ? toast.success({ title }) : toast.error({ title }));
  const add = ways.length > 0 && (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('subscriptionAdd')}
    </Button>
  );
  const told =
    ways.length > 0 ? t('subscriptionNoneHow') : t(byMail ? 'subscriptionNotYou' : 'subscriptionWebhookOnlyWhole');
  return (
    <>
      {toasts}
      <Card title={t('subscriptions')} hint={t('subscriptionsHint')} actions={subscriptions.length > 0 && add}>
        {byMail && !mail && <p className="strip">{t('subscriptionNoMail')}</p>}
        {subscriptions.length === 0 ? (
          <div className="nothing">
            <h3>{t('subscriptionNone')}</h3>
            <p>{told}</p>
            {add}
          </div>
        ) : (
          <table className="subscriptions">
            <caption className="away">{t('subscriptionList')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('subscriptionTopic')}</th>
                <th scope="col">{t('subscriptionTo')}</th>
                <th scope="col">{t('subscriptionOrg')}</th>
                <th scope="col">{t('subscriptionState')}</th>
                <th scope="col">
                  <span className="away">{t('actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {subscriptions.map((one) => (
                <SubscriptionRow key={one.id} subscription={one} tell={tell} changed={changed} />
              ))}
            </tbody>
          </table>
        )}
      </Card>
      {address.subscription !== undefined && (
        <DeliveriesDrawer
          key={address.subscription}
          id={address.subscription}
          subscription={subscriptions.find(({ id }) => id === address.subscription)}
        />
      )}
      {making && (
        <SubscriptionDialog
          topics={TOPICS}
          ways={ways}
          close={(made, shown) => {
            setMaking(false);
            setSecret(shown);
            if (!made) return;
            if (!shown) toast.success({ title: t('subscriptionMade') });
            void changed();
          }}
        />
      )}
      {secret && <ShownOnce secret={secret} close={() => setSecret(undefined)} />}
    </>
  );
}
