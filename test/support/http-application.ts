import { getQueueToken } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Queue } from 'bullmq';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { ApiModule } from '../../apps/api/api.module';
import { createHttpApplication } from '../../apps/api/serve';
import { handlersOf } from '../../apps/worker/handlers';
import { WorkerModule } from '../../apps/worker/worker.module';
import type { SignOnSettings } from '../../libs/config/sign-on-settings';
import { DatabaseModule } from '../../libs/database/database.module';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { LEDGER_QUEUE } from '../../libs/jobs/queue';
import type { QueueStore } from '../../libs/jobs/queue-store';
import { bearer } from './signed-in';

@Module({})
class TestApplication {}

interface StartOptions {
  /** False for an office's API whose workers run elsewhere, or not at all. */
  readonly worker?: boolean;
  /** As a demonstration of the program's own. */
  readonly published?: boolean;
  readonly trustedProxies?: readonly string[];
  readonly signOn?: SignOnSettings;
}

/** An answer of the API, its body read as JSON where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a body holds is what the tests find out
  readonly body: any;
}

/** Shown by who wants to be nobody. */
export const NOBODY = { authorization: '' } as const;

/**
 * API and worker in one process, as the program has them alone, on a free port. A request that shows neither a token
 * nor a cookie comes from a clerk of the whole registry.
 */
export class HttpApplication {
  private clerk: { authorization: string } | undefined;

  private constructor(
    private readonly application: NestFastifyApplication,
    readonly url: string,
  ) {}

  static async start(
    store: QueueStore,
    { worker = true, published = false, trustedProxies, signOn }: StartOptions = {},
  ): Promise<HttpApplication> {
    const office = { databaseUrl: store.databaseUrl, ownerUrl: store.databaseUrl };
    const application = await createHttpApplication(
      {
        module: TestApplication,
        imports: [
          DatabaseModule.forRoot(store.databaseUrl),
          JobsModule.forRoot(store),
          ApiModule.forRoot({ published, signOn }),
          ...(worker ? [WorkerModule.forRoot({ handlers: handlersOf(office) })] : []),
        ],
      },
      { thisMachineOnly: published, trustedProxies },
    );
    await application.listen(0, '127.0.0.1');
    return new HttpApplication(application, await application.getUrl());
  }

  /** The queue as the application itself has it. */
  get queue(): Queue {
    return this.application.get<Queue>(getQueueToken(LEDGER_QUEUE));
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, { headers });
  }

  /** A text is sent as it is, anything else as JSON. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** What the clerk's requests show; made with the first one after there is a registry. */
  async shownByClerk(): Promise<Record<string, string>> {
    const source = this.application.get(DataSource);
    if (!this.clerk && (await source.query('select from registry')).length > 0) {
      this.clerk = await bearer(source, 'clerk');
    }
    return { ...this.clerk };
  }

  async ask(path: string, request: RequestInit): Promise<Answer> {
    const headers = new Headers(request.headers);
    if (headers.get('authorization') === '') headers.delete('authorization');
    else if (!headers.has('authorization') && !headers.has('cookie')) {
      for (const [name, value] of Object.entries(await this.shownByClerk())) headers.set(name, value);
    }
    const response = await fetch(`${this.url}${path}`, { ...request, headers });
    const type = response.headers.get('content-type') ?? '';
    // It would not end.
    if (type.startsWith('text/event-stream')) {
      await response.body?.cancel();
      return { status: response.status, type, headers: response.headers, body: null };
    }
    const body = /\bjson/.test(type) ? await response.json() : Buffer.from(await response.arrayBuffer());
    return { status: response.status, type, headers: response.headers, body };
  }

  /** Asks again until the answer is as it should be; after ten seconds the last answer comes back as it is. */
  async until(path: string, holds: (answer: Answer) => boolean): Promise<Answer> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const answer = await this.get(path);
      if (holds(answer) || Date.now() > deadline) return answer;
      await pause(20);
    }
  }

  close(): Promise<void> {
    return this.application.close();
  }
}
