import type { EntityManager } from 'typeorm';
import type { Month } from '../core/period';
import { insertNotice } from '../deliveries/deliveries.queries';
import type { MailBody } from '../deliveries/mail';
import type { Seal } from './seals';

/** What was done to months in one act. */
export interface MonthsAct {
  readonly event: 'closed' | 'reopened';
  /** From the last one back to the one that was asked for. */
  readonly months: readonly Month[];
  /** Those that were made, or that stand no more. */
  readonly seals: readonly Seal[];
}

/** What a webhook is told: no figure, but where the figures of each sealed period are and what they are checked by. */
export interface MonthsNotice {
  readonly topic: 'months';
  readonly event: MonthsAct['event'];
  readonly months: readonly Month[];
  readonly at: string;
  readonly seals: readonly {
    readonly period: string;
    readonly number: number;
    readonly hash: string;
    readonly path: string;
  }[];
}

/** Queues it for all who want to be told, in the transaction of the act: whoever is told of it, it was done. */
export async function tellOfMonths(manager: EntityManager, registryId: number, act: MonthsAct): Promise<void> {
  const now = new Date();
  const month = act.months.at(-1);
  const closing = act.seals.find(({ period }) => period === month)?.number ?? 0;
  const notice = {
    topic: 'months',
    occasion: `${act.event} ${month} ${closing}`,
    org: null,
    webhook: noticeOf(act, now),
    mail: mailOf(act),
  } as const;
  await insertNotice(manager, registryId, notice, now);
}

function noticeOf({ event, months, seals }: MonthsAct, now: Date): MonthsNotice {
  return {
    topic: 'months',
    event,
    months,
    at: now.toISOString(),
    seals: seals.map(({ period, number, hash }) => ({
      period,
      number,
      hash,
      path: `/api/feed/indicators/${period}`,
    })),
  };
}

function mailOf({ event, months, seals }: MonthsAct): MailBody {
  const [zh, en] = event === 'closed' ? ['已结账', 'closed'] : ['已重开', 'opened again'];
  const [sealsZh, sealsEn] = event === 'closed' ? ['封存', 'Seals'] : ['不再有效的封存', 'Seals that stand no more'];
  const numbers = seals.map(({ period, number, hash }) => `  ${period} #${number} ${hash}`);
  return {
    subject: `髓缘台账：${months.join('、')} ${zh} Marrow Ledger: ${months.join(', ')} ${en}`,
    text: [
      `髓缘台账 · ${months.join('、')} ${zh}。`,
      event === 'closed' ? '数字从此不变，除非重开。' : '数字可能变动，请不要再引用。',
      '',
      `Marrow Ledger · ${months.join(', ')} ${en}.`,
      event === 'closed'
        ? 'The figures stay as they are unless it is opened again.'
        : 'The figures may move; do not cite them any more.',
      '',
      `${sealsZh} ${sealsEn}:`,
      ...numbers,
      '',
    ].join('\n'),
  };
}
