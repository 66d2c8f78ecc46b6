import { createHmac } from 'node:crypto';
import { SendFailed, type Outgoing, type Send } from './senders';

/** Posts the body as JSON, signed, and follows nobody elsewhere. @param limitMs within which the answer must begin */
export function webhookSender(limitMs: number): Send {
  return async ({ id, address, secret, body }, at) => {
    const text = JSON.stringify(body);
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const answer = await post(address, limitMs, text, {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'marrow-ledger',
      'x-marrow-delivery': id,
      'x-marrow-timestamp': timestamp,
      'x-marrow-signature': `sha256=${signatureOf(secret, timestamp, text)}`,
    });
    // What it says besides is nobody's business here.
    await answer.body?.cancel().catch(() => undefined);
    if (answer.ok) return;
    const { status } = answer;
    if (status >= 300 && status < 400) {
      throw new SendFailed({
        zh: `对方要求转到别的网址（${status}），为安全起见不跟随。请直接填写最终网址。`,
        en: `The receiver redirects (${status}), which is not followed. Give the final address.`,
      });
    }
    throw new SendFailed({ zh: `对方回答 ${status}。`, en: `The receiver answered ${status}.` });
  };
}

function signatureOf(secret: Outgoing['secret'], timestamp: string, text: string): string {
  if (secret === null) throw new Error('a webhook that is sent has a secret');
  return createHmac('sha256', secret).update(`${timestamp}.${text}`).digest('hex');
}

async function post(
  address: string,
  limitMs: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const signal = AbortSignal.timeout(limitMs);
  try {
    return await fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal });
  } catch (error) {
    if (signal.aborted) {
      const seconds = limitMs / 1000;
      throw new SendFailed({
        zh: `对方在 ${seconds} 秒内没有回答。`,
        en: `The receiver did not answer within ${seconds} seconds.`,
      });
    }
    const { code = 'fetch failed' } = ((error as Error).cause ?? {}) as { code?: string };
    throw new SendFailed({ zh: `连接不上对方（${code}）。`, en: `The receiver cannot be reached (${code}).` });
  }
}
