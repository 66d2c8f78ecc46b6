import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { EntryInput } from '../../libs/ledger/entry-input';

const JSON_TYPE = 'application/json';

/** One entry that was sent and accepted; times in milliseconds of this process's clock. */
export interface Sent {
  readonly at: number;
  readonly answeredAt: number;
  /** The position of the ledger that it was written at. */
  readonly position: number;
}

export interface SendingOptions {
  readonly token: string;
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
  const { token, connections, perSecond, limitMs } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const bodies = entries.map((entry) => JSON.stringify(entry));
  const begun = performance.now();
  const sent: Sent[] = [];
  let next = 0;
  const sendRest = async (): Promise<void> => {
    while (next < bodies.length && performance.now() - begun < limitMs) {
      sent.push(await send(agent, token, url, bodies[next++] ?? ''));
    }
  };
  const sendOnTime = async (): Promise<void> => {
    const underWay: Promise<void>[] = [];
    for (const [number, body] of bodies.entries()) {
      const at = begun + (number / (perSecond ?? 1)) * 1_000;
      if (at - begun >= limitMs) break;
      await pause(Math.max(at - performance.now(), 0));
      underWay.push(send(agent, token, url, body, at).then((one) => void sent.push(one)));
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

/** One entry, on a connection of its own. */
export function sendEntry(url: string, token: string, entry: EntryInput): Promise<Sent> {
  return send(new Agent(), token, url, JSON.stringify(entry));
}

/**
 * Sends prepared bodies in their order, each once the one before it is answered: a later one rests on it, and two
 * connections keep no order.
 *
 * @returns the answers
 */
export async function sendBodies(url: string, token: string, bodies: readonly Buffer[]): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: Promise<string>[] = [];
  try {
    for (const body of bodies) {
      await answers.at(-1);
      const asked = ask(agent, token, url, JSON_TYPE, body.length);
      answers.push(asked.answer.then(({ status, text }) => accepted(status, 200, text)));
      asked.request.end(body);
      await once(asked.request, 'finish');
    }
    return await Promise.all(answers);
  } finally {
    agent.destroy();
  }
}

/** Sends bodies as one stream. @returns the last line of the answer */
export async function streamBodies(url: string, token: string, bodies: readonly Buffer[]): Promise<string> {
  const { request, response } = open(new Agent(), token, url, { 'content-type': 'application/x-ndjson' });
  const sending = pipeline(Readable.from(bodies), request);
  const answer = await response;
  let rest = '';
  for await (const part of answer) {
    const lines = rest + (part as Buffer).toString();
    rest = lines.slice(lines.trimEnd().lastIndexOf('\n') + 1);
  }
  await sending;
  return accepted(answer.statusCode, 200, rest);
}

async function send(agent: Agent, token: string, url: string, body: string, at = performance.now()): Promise<Sent> {
  const { request, answer } = ask(agent, token, url, JSON_TYPE, Buffer.byteLength(body));
  request.end(body);
  const { status, text } = await answer;
  accepted(status, 201, text);
  return { at, answeredAt: performance.now(), position: Number(JSON.parse(text).entry.position) };
}

function accepted(status: number | undefined, expected: number, text: string): string {
  if (status !== expected) throw new Error(`not written: ${status} ${text.slice(0, 1_000)}`);
  return text;
}

function ask(agent: Agent, token: string, url: string, type: string, length: number) {
  const { request, response } = open(agent, token, url, { 'content-type': type, 'content-length': length });
  const answer = response.then(async (from) => ({ status: from.statusCode, text: await textOf(from) }));
  return { request, answer };
}

function open(agent: Agent, token: string, url: string, headers: OutgoingHttpHeaders) {
  const asked = request(url, { agent, method: 'POST', headers: { ...headers, authorization: `Bearer ${token}` } });
  const response = new Promise<IncomingMessage>((resolve, reject) => asked.on('response', resolve).on('error', reject));
  return { request: asked, response };
}
