import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { recordAct } from '../accounts/audit';
import { dateInShanghai } from '../core/period';
import { insertDeliveries, type NewDelivery } from '../deliveries/deliveries.queries';
import { findLiveSubscriptions } from '../deliveries/subscriptions.queries';
import { worklistsMail, worklistsNotice, type WorklistsNotice } from './worklists-notice';

const HOUR_MS = 3_600_000;
const EIGHT_HOURS_MS = 8 * HOUR_MS;
/** Half an hour before it is due, as clocks differ. A job of the day before that comes later than this is for today. */
const FROM_MS = 7 * HOUR_MS;

/**
 * Queues the day's notice for each live subscription where somebody waits: one a day, however often this is called,
 * and none for days that have passed.
 *
 * @returns how many were queued
 */
export async function notifyWorklists(source: DataSource, registryId: number, now: Date): Promise<number> {
  // Asia/Shanghai is eight hours ahead of UTC all year.
  if ((now.getTime() + EIGHT_HOURS_MS) % (24 * HOUR_MS) < FROM_MS) return 0;
  const date = dateInShanghai(now);
  const notices = new Map<string, WorklistsNotice | null>();
  const deliveries: NewDelivery[] = [];
  for (const { id, via, org, nameZh, nameEn } of await findLiveSubscriptions(source.manager, registryId, 'worklists')) {
    const known = notices.get(org);
    const name = { zh: nameZh, en: nameEn };
    const notice = known === undefined ? await worklistsNotice(source, { registryId, org, name, date }) : known;
    notices.set(org, notice);
    if (notice === null) continue;
    const body = via === 'mail' ? worklistsMail(notice) : notice;
    deliveries.push({ id: randomUUID(), subscriptionId: id, occasion: date, body });
  }
  if (deliveries.length === 0) return 0;
  return source.transaction(async (manager) => {
    const queued = await insertDeliveries(manager, registryId, deliveries, now);
    if (queued.length > 0) {
      const act = { registryId, actor: 'system', act: 'worklists.notify', thing: date, org: null, address: null };
      await recordAct(manager, { ...act, result: 'done', detail: { queued: queued.length } });
    }
    return queued.length;
  });
}
