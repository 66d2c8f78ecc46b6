import { getQueueToken } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Queue } from 'bullmq';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiModule } from '../../apps/api/api.module';
import { createHttpApplication } from '../../apps/api/serve';
import { LEDGER_HANDLERS } from '../../apps/worker/handlers';
import { WorkerModule } from '../../apps/worker/worker.module';
import { DatabaseModule } from '../../libs/database/database.module';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { LEDGER_QUEUE } from '../../libs/jobs/queue';
import type { QueueStore } from '../../libs/jobs/queue-store';

@Module({})
class TestApplication {}

/** An answer of the API, its body read as JSON where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a body holds is what the tests find out
  readonly body: any;
}

/** API and worker in one process, as the program has them alone, on a free port. */
export class HttpApplication {
  private constructor(
    private readonly application: NestFastifyApplication,
    readonly url: string,
  ) {}

  /** @param worker false for an office's API whose workers run elsewhere, or not at all */
  static async start(store: QueueStore, { worker = true } = {}): Promise<HttpApplication> {
    const application = await createHttpApplication({
      module: TestApplication,
      imports: [
        DatabaseModule.forRoot(store.databaseUrl),
        JobsModule.forRoot(store),
        ApiModule,
        ...(worker ? [WorkerModule.forRoot({ handlers: LEDGER_HANDLERS })] : []),
      ],
    });
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

  async ask(path: string, request: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, request);
    const type = response.headers.get('content-type') ?? '';
    const body = /json/.test(type) ? await response.json() : Buffer.from(await response.arrayBuffer());
    return { status: response.status, type, body };
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
