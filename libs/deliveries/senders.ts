import type { Sentence } from '../core/domain-error';

/** One message on its way. */
export interface Outgoing {
  /** By which a receiver knows it again when it comes twice. */
  readonly id: string;
  readonly address: string;
  readonly secret: string | null;
  readonly body: unknown;
}

/** Resolves when the receiver has taken it. @throws {SendFailed} */
export type Send = (outgoing: Outgoing, at: Date) => Promise<void>;

export interface Senders {
  /** Nothing when the office has no mail server. */
  readonly mail: Send | null;
  readonly webhook: Send;
}

/** A message was not taken; the sentence says why, shortly. */
export class SendFailed extends Error {
  constructor(readonly sentence: Sentence) {
    super(`${sentence.zh} ${sentence.en}`);
    this.name = new.target.name;
  }
}

export const NO_MAIL_SERVER: Sentence = {
  zh: '还不能发邮件：请先设置环境变量 SMTP_URL 和 MAIL_FROM，再重新启动程序。',
  en: 'Mail cannot be sent yet: set the variables SMTP_URL and MAIL_FROM and start the program again.',
};
