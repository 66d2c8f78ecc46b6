import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { go } from '../address';
import { post } from '../api/request';
import { deliveriesQuery, SUBSCRIPTIONS, type Delivery, type Subscription } from '../api/subscriptions';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { sayOccasion, saySubscription } from './delivery-words';

/** What was sent to a subscriber lately, what is still tried, and what was given up. */
export function DeliveriesDrawer({ id, subscription }: { id: string; subscription: Subscription | undefined }) {
  const words = useWords();
  const { t } = words;
  const { data, error, refetch } = useQuery(deliveriesQuery(id));
  const title = subscription ? t('deliveriesOf', { what: saySubscription(subscription, words) }) : t('deliveries');
  return (
    <Drawer open size="min(680px, 100vw)" onClose={() => go({ subscription: undefined })} title={title}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <Deliveries id={id} deliveries={data.deliveries} live={subscription?.live ?? false} />
      )}
    </Drawer>
  );
}

function Deliveries({ id, deliveries, live }: { id: string; deliveries: readonly Delivery[]; live: boolean }) {
  const words = useWords();
  const { t, language } = words;
  const view = useView();
  const queries = useQueryClient();
  const { act, busy, refusal } = useAct();
  const [resent, setResent] = useState(false);
  const resend = (delivery: Delivery) =>
    act(async () => {
      await post(`/subscriptions/${id}/deliveries/${delivery.id}/resend`, {});
      setResent(true);
      await queries.invalidateQueries({ queryKey: [SUBSCRIPTIONS] });
    });
  return (
    <div className="deliveries">
      <p className="hint">{t('deliveriesHint')}</p>
      {refusal !== undefined && <Alert type="error" role="alert" title={refusal} />}
      {resent && refusal === undefined && (
        <p className="done" role="status">
          {t('deliveryResent')}
        </p>
      )}
      {deliveries.length === 0 ? (
        <p className="none">{t('deliveriesNone')}</p>
      ) : (
        <table className="deliveries-table">
          <caption className="away">{t('deliveries')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('deliveryAt')}</th>
              <th scope="col">{t('deliveryWhat')}</th>
              <th scope="col">{t('deliveryState')}</th>
              <th scope="col">
                <span className="away">{t('actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((one) => {
              const what = sayOccasion(one, view, words);
              return (
                <tr key={one.id}>
                  <td>{sayInstant(one.createdAt)}</td>
                  <th scope="row">{what}</th>
                  <td>
                    <span className={`delivery-${one.state}`}>{t(`delivery_${one.state}`)}</span>
                    {one.attempts > 0 && <small>{t('deliveryAttempts', { count: one.attempts })}</small>}
                    {one.state === 'waiting' && one.attempts > 0 && one.nextAttemptAt !== null && (
                      <small>{t('deliveryNext', { at: sayInstant(one.nextAttemptAt) })}</small>
                    )}
                    {one.lastProblem && <small className="delivery-problem">{one.lastProblem[language]}</small>}
                  </td>
                  <td className="right">
                    {one.state === 'dead' && live && (
                      <Button
                        size="small"
                        loading={busy}
                        aria-label={t('deliveryResendOf', { what: `${what} ${sayInstant(one.createdAt)}` })}
                        onClick={() => void resend(one)}
                      >
                        {t('deliveryResend')}
                      </Button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </div>
  );
}
