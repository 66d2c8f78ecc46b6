import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../libs/demonstration/random';

const FAULTS = {
  refuses: 3,
  'refuses after taking it': 2,
  'breaks off': 3,
  'breaks off after taking it': 2,
  'is slow': 2,
  'kills the sender after taking it': 2,
} as const;

type Fault = keyof typeof FAULTS;

/** Somebody who wants to be told: where, and with what they prove that it is so. */
export interface Hearer {
  readonly path: string;
  secret: string;
  /** What was done about each message, by its id: once, however often it comes. */
  readonly effects: Map<string, unknown>;
}

/** What a subscriber runs: it proves each request, does once what it says, and fails in every way until it is mended. */
export class FailingReceiver {
  readonly hearers = new Map<string, Hearer>();
  /** How often it failed, and in what way. */
  readonly faults = new Map<string, number>();
  requests = 0;
  repeats = 0;
  forged = 0;
  /** The message that is refused until the subscriber is told. */
  refused: string | undefined;
  /** Ends who sends. */
  killSender: () => Promise<void> = async () => undefined;
  private mended = false;
  private silence = 0;
  private server: Server | undefined;
  private port = 0;

  constructor(private readonly random: Random) {}

  hearer(path: string): Hearer {
    const hearer = { path, secret: '', effects: new Map<string, unknown>() };
    this.hearers.set(path, hearer);
    return hearer;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  get failures(): number {
    return [...this.faults.values()].reduce((sum, one) => sum + one, 0);
  }

  async start(): Promise<void> {
    this.server = createServer(
      (request, response) => void this.take(request, response).catch(() => response.destroy()),
    );
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Whoever asks meanwhile finds nobody. */
  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    if (this.server?.listening) await once(this.server, 'close');
  }

  /** Never answers the next request. */
  beSilentOnce(): void {
    this.silence += 1;
  }

  mend(): void {
    this.mended = true;
    this.refused = undefined;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    this.requests += 1;
    const hearer = this.hearers.get(request.url ?? '');
    const id = String(request.headers['x-marrow-delivery']);
    if (!hearer || !isProven(hearer.secret, request, body) || isProven(hearer.secret, request, `${body} `)) {
      this.forged += 1;
      return void response.writeHead(401).end();
    }
    this.refused ??= id;
    if (id === this.refused && !this.mended) return this.fail('refuses', response);
    if (this.silence > 0) {
      this.silence -= 1;
      return this.note('is silent');
    }
    const fault = this.mended || this.random.chance(0.45) ? undefined : this.random.pick(FAULTS);
    if (fault === 'refuses' || fault === 'breaks off') return this.fail(fault, response);
    if (hearer.effects.has(id)) this.repeats += 1;
    else hearer.effects.set(id, JSON.parse(body));
    if (fault) return this.fail(fault, response);
    response.writeHead(204).end();
  }

  private async fail(fault: Fault, response: ServerResponse): Promise<void> {
    this.note(fault);
    if (fault.startsWith('breaks off')) return void response.destroy();
    if (fault === 'is slow') await pause(this.random.between(100, 600));
    if (fault === 'kills the sender after taking it') await this.killSender();
    response.writeHead(fault.startsWith('refuses') ? this.random.between(500, 504) : 200).end();
  }

  private note(fault: string): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }
}

/** As a subscriber proves it who has nothing but the secret and the documentation. */
function isProven(secret: string, { headers }: IncomingMessage, body: string): boolean {
  const shown = Buffer.from(String(headers['x-marrow-signature']));
  const hmac = createHmac('sha256', secret).update(`${String(headers['x-marrow-timestamp'])}.${body}`);
  const due = Buffer.from(`sha256=${hmac.digest('hex')}`);
  return shown.length === due.length && timingSafeEqual(shown, due);
}
