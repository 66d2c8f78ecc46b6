import type { Delivery, Subscription } from '../api/subscriptions';
import type { Words } from '../language';

/** What a delivery is about, as its occasion tells. */
export function sayOccasion({ occasion }: Delivery, { t }: Words): string {
  if (occasion.startsWith('test ')) return t('deliveryTest');
  const [, event, month = ''] = /^(closed|reopened) (\d{4}-\d\d)\b/.exec(occasion) ?? [];
  if (event === undefined) return occasion;
  return t(event === 'closed' ? 'deliveryClosed' : 'deliveryReopened', { month });
}

/** A subscription in a few words, for who hears and does not see its row. */
export function saySubscription({ topic, address }: Subscription, { t }: Words): string {
  return `${t(`topic_${topic}`)} ${address}`;
}
