import { createTransport } from 'nodemailer';
import { SendFailed, type Send } from './senders';

/** What a mail's delivery holds. */
export interface MailBody {
  readonly subject: string;
  /** Plain. */
  readonly text: string;
}

const SILENCE_MS = 10_000;
// Below the shortest time after which a delivery is tried again.
const LIMIT_MS = 30_000;
const LONGEST_ANSWER = 120;

/** Hands mail to the server at `url`. */
export function mailSender(url: string, from: string): Send {
  const transport = createTransport({
    url,
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.indexOf('@'));
  return async ({ id, address, body }) => {
    const { subject, text } = body as MailBody;
    try {
      await transport.sendMail({
        from,
        to: { name: '', address },
        subject,
        text,
        messageId: `<${id}${domain}>`,
        headers: { 'auto-submitted': 'auto-generated' },
        signal: AbortSignal.timeout(LIMIT_MS),
      });
    } catch (error) {
      throw failureOf(error as Error & { code?: string; response?: string });
    }
  };
}

function failureOf({ code = 'unknown', response }: { code?: string; response?: string }): SendFailed {
  if (response === undefined) {
    return new SendFailed({
      zh: `连接不上邮件服务器（${code}）。`,
      en: `The mail server cannot be reached (${code}).`,
    });
  }
  const said = response.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, LONGEST_ANSWER);
  return new SendFailed({ zh: `邮件服务器拒收：${said}`, en: `The mail server refused it: ${said}` });
}
