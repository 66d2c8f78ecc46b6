import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { EntryInput } from '../../libs/ledger/entry-input';

/** One entry that was sent and accepted; times in milliseconds of this process's clock. */
export interface Sent {
  readonly at: number;
  readonly answeredAt: number;
  /** The position of the ledger that it was written at. */
  readonly position: number;
}

export interface SendingOptions {
  readonly connections: number;
  /** Each entry at its time, whether those before are answered or not; else each as soon as a connection is free. */
  readonly perSecond?: number;
  /** After that no more is sent. */
  readonly limitMs: number;
}

/** Sends entries one a request. */
export async function sendEntries(
  url: string,
  entries: readonly EntryInput[],
  options: SendingOptions,
): Promise<Sent[]> {
  const { connections, perSecond, limitMs } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const bodies = entries.map((entry) => JSON.stringify(entry));
  const begun = performance.now();
  const sent: Sent[] = [];
  let next = 0;
  const sendRest = async (): Promise<void> => {
    while (next < bodies.length && performance.now() - begun < limitMs) {
      sent.push(await send(agent, url, bodies[next++] ?? ''));
    }
  };
  const sendOnTime = async (): Promise<void> => {
    const underWay: Promise<void>[] = [];
    for (const [number, body] of bodies.entries()) {
      const at = begun + (number / (perSecond ?? 1)) * 1_000;
      if (at - begun >= limitMs) break;
      await pause(Math.max(at - performance.now(), 0));
      underWay.push(send(agent, url, body, at).then((one) => void sent.push(one)));
    }
    await Promise.all(underWay);
  };
  try {
    await (perSecond === undefined ? Promise.all(Array.from({ length: connections }, sendRest)) : sendOnTime());
  } finally {
    agent.destroy();
  }
  return sent;
}

async function send(agent: Agent, url: string, body: string, at = performance.now()): Promise<Sent> {
  const { status, text } = await post(agent, url, body);
  if (status !== 201) throw new Error(`an entry was not written: ${status} ${text}`);
  return { at, answeredAt: performance.now(), position: Number(JSON.parse(text).entry.position) };
}

function post(agent: Agent, url: string, body: string): Promise<{ status?: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { agent, method: 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
