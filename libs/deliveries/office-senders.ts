import type { Environment } from '../config/environment';
import { mailSender } from './mail';
import type { Senders } from './senders';
import { webhookSender } from './webhook';

const WEBHOOK_LIMIT_MS = 10_000;

/** What an office sends with: webhooks always, mail when it has a mail server. */
export function sendersOf({ SMTP_URL, MAIL_FROM }: Pick<Environment, 'SMTP_URL' | 'MAIL_FROM'>): Senders {
  return {
    mail: SMTP_URL === undefined || MAIL_FROM === undefined ? null : mailSender(SMTP_URL, MAIL_FROM),
    webhook: webhookSender(WEBHOOK_LIMIT_MS),
  };
}
