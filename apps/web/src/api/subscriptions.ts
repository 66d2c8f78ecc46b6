import { queryOptions } from '@tanstack/react-query';
import type { Sentence } from '../../../../libs/core/domain-error';
import { read } from './request';

export type Topic = 'worklists' | 'assessments' | 'months';
export type Via = 'mail' | 'webhook';

export interface Subscription {
  id: string;
  topic: Topic;
  org: string;
  via: Via;
  address: string;
  /** The name of the account. */
  createdBy: string;
  createdAt: string;
  endedAt: string | null;
  /** False when it has ended, or its maker may no longer be told: nothing is sent. */
  live: boolean;
  /** How many messages were given up and not sent again since. */
  dead: number;
  lastDeliveredAt: string | null;
}

export interface Delivery {
  id: string;
  occasion: string;
  state: 'waiting' | 'delivered' | 'dead';
  attempts: number;
  createdAt: string;
  nextAttemptAt: string | null;
  deliveredAt: string | null;
  lastProblem: Sentence | null;
}

export const SUBSCRIPTIONS = 'subscriptions';

export const subscriptionsQuery = queryOptions({
  queryKey: [SUBSCRIPTIONS, 'list'],
  queryFn: ({ signal }) => read<{ subscriptions: Subscription[]; mail: boolean }>('/subscriptions', {}, signal),
});

export function deliveriesQuery(id: string) {
  return queryOptions({
    queryKey: [SUBSCRIPTIONS, 'deliveries', id],
    queryFn: ({ signal }) => read<{ deliveries: Delivery[] }>(`/subscriptions/${id}/deliveries`, {}, signal),
    refetchInterval: 15_000,
  });
}
