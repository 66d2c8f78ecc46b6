import { findForm } from '../../../../libs/assessment/forms/shipped-forms';
import { stageOf, stageTitle } from '../../../../libs/assessment/stage-title';
import type { Delivery, Subscription } from '../api/subscriptions';
import { orgName } from '../entries/entry-words';
import { isPeriod, sayPeriod } from '../figures/period-names';
import type { Words } from '../language';
import type { View } from '../view';

/** What a delivery is about, as its occasion tells; an occasion that is of no known kind tells itself. */
export function sayOccasion({ occasion }: Pick<Delivery, 'occasion'>, view: Pick<View, 'orgs'>, words: Words): string {
  const { t, label } = words;
  if (occasion.startsWith('test ')) return t('deliveryTest');
  if (/^\d{4}-\d\d-\d\d$/.test(occasion)) return t('deliveryWorklists', { date: occasion });
  const [, event, month = ''] = /^(closed|reopened) (\d{4}-\d\d)\b/.exec(occasion) ?? [];
  if (event !== undefined) return t(event === 'closed' ? 'deliveryClosed' : 'deliveryReopened', { month });
  const [, code, period = '', org = '', project = '', revision = ''] =
    /^([\w-]+) (\d{4}(?:-H1)?) (\S+) (.*) (\d+)$/.exec(occasion) ?? [];
  if (code === undefined || !isPeriod(period)) return occasion;
  const form = findForm(code);
  const title = form ? label(stageTitle(form.title, stageOf(period))) : code;
  const which = [sayPeriod(period, words), orgName(org, view, words), title, project];
  return t('deliveryFrozen', { which: which.filter(Boolean).join(' '), revision });
}

/** A subscription in a few words, for who hears and does not see its row. */
export function saySubscription({ topic, address }: Subscription, { t }: Words): string {
  return `${t(`topic_${topic}`)} ${address}`;
}
