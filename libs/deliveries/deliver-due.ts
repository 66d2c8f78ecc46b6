import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import type { Sentence } from '../core/domain-error';
import { leaseDelivery, noteDelivered, noteProblem, type LeasedDelivery } from './deliveries.queries';
import { NO_MAIL_SERVER, SendFailed, type Senders } from './senders';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds from each failed attempt to the next; when the one after the last fails too, the delivery is dead. */
export const BACK_OFF = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 24 * HOUR] as const;

const LANES = 4;

const NOT_LIVE: Sentence = {
  zh: '没有发送：订阅已结束，或者订阅人已停用、不再有权查看该机构。',
  en: 'Not sent: the subscription has ended, or its maker is disabled or may no longer read that org.',
};

export interface Delivered {
  readonly delivered: number;
  /** To be tried again. */
  readonly failed: number;
  /** Given up in this pass. */
  readonly dead: number;
}

/**
 * Sends what is due, one attempt each. A delivery is taken by a lease that is committed before it is sent, so no
 * transaction is open meanwhile and no two workers send the same; one whose worker dies is sent again, with its id.
 *
 * @param now what is due then; the leases count from there too
 * @param only the id of the one delivery to be sent if it is due
 * @throws what the database throws, once every lane has ended; the deliveries in hand come again after their lease
 */
export async function deliverDue(
  source: DataSource,
  senders: Senders,
  now: Date,
  only: string | null = null,
): Promise<Delivered> {
  const begun = performance.now();
  const at = () => new Date(now.getTime() + performance.now() - begun);
  const counts = { delivered: 0, failed: 0, dead: 0 };
  const lane = async () => {
    for (;;) {
      const lease = await leaseDelivery(source.manager, { due: now, at: at(), backOff: BACK_OFF, only });
      if (!lease) return;
      counts[await attempt(source, senders, lease, at)] += 1;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: only === null ? LANES : 1 }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return counts;
}

async function attempt(
  { manager }: DataSource,
  senders: Senders,
  lease: LeasedDelivery,
  at: () => Date,
): Promise<keyof Delivered> {
  const problem = lease.live ? await problemOfSending(senders, lease, at()) : NOT_LIVE;
  if (problem === null) {
    await noteDelivered(manager, lease, at());
    return 'delivered';
  }
  const dead = !lease.live || lease.attempts > BACK_OFF.length;
  await noteProblem(manager, lease, problem, dead);
  return dead ? 'dead' : 'failed';
}

async function problemOfSending(senders: Senders, lease: LeasedDelivery, at: Date): Promise<Sentence | null> {
  const send = senders[lease.via];
  if (!send) return NO_MAIL_SERVER;
  try {
    await send(lease, at);
    return null;
  } catch (error) {
    if (error instanceof SendFailed) return error.sentence;
    throw error;
  }
}
