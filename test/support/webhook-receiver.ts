import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface GivenAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

/** Takes requests on a free port of this machine and answers each as it is told; 200 unless said. */
export class WebhookReceiver {
  readonly received: ReceivedRequest[] = [];
  answer: (request: ReceivedRequest) => GivenAnswer | Promise<GivenAnswer> = () => ({ status: 200 });
  private server: Server;

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.server = createServer(async (request, response) => {
      const received = { path: request.url ?? '', headers: request.headers, body: await text(request) };
      receiver.received.push(received);
      const { status, headers } = await receiver.answer(received);
      response.writeHead(status, headers).end('thank you');
    });
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  get ids(): unknown[] {
    return this.received.map(({ headers }) => headers['x-marrow-delivery']);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
