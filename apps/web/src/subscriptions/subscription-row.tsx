import { Button, Modal } from 'antd';
import { go } from '../address';
import { remove, post } from '../api/request';
import type { Delivery, Subscription } from '../api/subscriptions';
import { orgName } from '../entries/entry-words';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useSession } from '../session/gate';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { saySubscription } from './delivery-words';

interface SubscriptionRowProps {
  subscription: Subscription;
  /** Says how it went. */
  tell: (sentence: string, well: boolean) => void;
  changed: () => Promise<unknown>;
}

export function SubscriptionRow({ subscription, tell, changed }: SubscriptionRowProps) {
  const words = useWords();
  const { t, language } = words;
  const view = useView();
  const { name } = useSession();
  const say = useProblemSentence();
  const [modal, dialogs] = Modal.useModal();
  const { act, busy } = useAct();
  const { id, topic, org, via, address, createdBy, endedAt, live, dead, lastDeliveredAt } = subscription;
  const what = saySubscription(subscription, words);
  const test = () =>
    act(async () => {
      try {
        const { delivery } = await post<{ delivery: Delivery }>(`/subscriptions/${id}/test`, {});
        const { state, lastProblem } = delivery;
        if (state === 'delivered') tell(t('subscriptionTested'), true);
        else if (lastProblem) tell(t('subscriptionTestedLater', { problem: lastProblem[language] }), false);
        else tell(t('subscriptionTestWaits'), true);
      } catch (error) {
        tell(say(error), false);
      }
      await changed();
    });
  const end = () =>
    void modal.confirm({
      title: t('subscriptionEndTitle'),
      content: t('subscriptionEndText'),
      okText: t('subscriptionEnd'),
      okButtonProps: { danger: true },
      onOk: () =>
        remove(`/subscriptions/${id}`)
          .then(
            () => tell(t('subscriptionEndDone'), true),
            (error: unknown) => tell(say(error), false),
          )
          .then(changed),
    });
  return (
    <tr className={endedAt === null ? undefined : 'ended'}>
      <th scope="row">
        {dialogs}
        {t(`topic_${topic}`)}
        <small>{createdBy === name ? t('subscriptionMine') : t('subscriptionOf', { name: createdBy })}</small>
      </th>
      <td className="subscription-to">
        {address}
        <small>{t(`via_${via}`)}</small>
      </td>
      <td>{orgName(org, view, words)}</td>
      <td>
        {endedAt !== null ? (
          t('subscriptionEnded')
        ) : (
          <span className={live ? 'delivery-delivered' : 'delivery-dead'}>
            {t(live ? 'subscriptionLive' : 'subscriptionNotLive')}
          </span>
        )}
        {endedAt === null && dead > 0 && (
          <small className="delivery-dead">{t('subscriptionDead', { count: dead })}</small>
        )}
        <small>
          {lastDeliveredAt === null
            ? t('subscriptionNever')
            : t('subscriptionLast', { at: sayInstant(lastDeliveredAt) })}
        </small>
      </td>
      <td className="subscription-actions">
        <Button size="small" aria-label={t('deliveriesOf', { what })} onClick={() => go({ subscription: id })}>
          {t('deliveries')}
        </Button>
        {live && (
          <Button
            size="small"
            aria-label={t('subscriptionTestOf', { what })}
            loading={busy}
            onClick={() => void test()}
          >
            {t('subscriptionTest')}
          </Button>
        )}
        {endedAt === null && (
          <Button size="small" danger aria-label={t('subscriptionEndOf', { what })} onClick={end}>
            {t('subscriptionEnd')}
          </Button>
        )}
      </td>
    </tr>
  );
}
