import type { Delivery, Subscription } from '../api/subscriptions';
import type { Words } from '../language';

/** What a delivery is about, as its occasion tells. */
export function sayOccasion({ occasion }: Delivery, { t }: Words): string {
  if (occasion.startsWith('test ')) return t('deliveryTest');
  const [, event, month = ''] = /^(closed|reopened) (\d{4}-\d\d)\b/.exec(occasion) ?? [];
  if (event !== undefined) return t(event === 'closed' ? 'deliveryClosed' : 'deliveryReopened', { month });
  const [, form, period = '', org = '', project = '', revision = ''] =
    /^([\w-]+) (\d{4}(?:-H1)?) (\S+) (.*) (\d+)$/.exec(occasion) ?? [];
  if (form === undefined) return t('deliveryWorklists', { date: occasion });
  return t('deliveryFrozen', { which: [period, form, org, project].filter(Boolean).join(' '), revision });
}

/** A subscription in a few words, for who hears and does not see its row. */
export function saySubscription({ topic, address }: Subscription, { t }: Words): string {
  return `${t(`topic_${topic}`)} ${address}`;
}
