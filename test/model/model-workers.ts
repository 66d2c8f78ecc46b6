import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { setTimeout as pause } from 'node:timers/promises';
import { LEDGER_QUEUE } from '../../libs/jobs/queue';
import { Program } from '../support/program';
import type { TestRedis } from '../support/redis';
import type { TestDatabase } from '../support/test-database';
import type { Disturbance } from './model-commands';

/** Two workers as processes of their own, on a queue in Redis, and what may happen to them. */
export class ModelWorkers {
  private constructor(
    private readonly database: TestDatabase,
    private readonly redis: TestRedis,
    private readonly queue: Queue,
    private readonly connection: Redis,
    private readonly programs: Program[],
  ) {}

  static async start(database: TestDatabase, redis: TestRedis): Promise<ModelWorkers> {
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = new Queue(LEDGER_QUEUE, { connection });
    const workers = new ModelWorkers(database, redis, queue, connection, []);
    workers.programs.push(...(await Promise.all([workers.startOne(), workers.startOne()])));
    return workers;
  }

  /** As a write does after its commit. */
  async wake(registryId: number): Promise<void> {
    await this.queue.add('recompute', { registryId }, { removeOnComplete: true });
  }

  async disturb(how: Disturbance, registryId: number): Promise<void> {
    if (how === 'doubled job') await Promise.all([this.wake(registryId), this.wake(registryId)]);
    else if (how === 'flushed queue') await this.redis.flush();
    else {
      await this.programs.shift()?.kill();
      this.programs.push(await this.startOne());
    }
  }

  /** @throws when marks still wait after two minutes: the sweep finds them without any job */
  async drained(registryId: number): Promise<void> {
    const deadline = Date.now() + 120_000;
    await this.wake(registryId);
    for (;;) {
      const [{ count }] = await this.database.source.query(
        `select (select count(*)::int from recompute_mark where registry_id = $1)
            + (select count(*)::int from setting s join recompute_head h using (registry_id)
              where s.registry_id = $1 and s.number > h.settings) as count`,
        [registryId],
      );
      if (count === 0) return;
      if (Date.now() > deadline) {
        const said = this.programs.map((program) => program.said).join('\n');
        throw new Error(`${count} marks or choices of registry ${registryId} still wait; the workers said: ${said}`);
      }
      await pause(20);
    }
  }

  async close(): Promise<void> {
    await this.queue.close();
    this.connection.disconnect();
  }

  private async startOne(): Promise<Program> {
    const worker = await Program.start('worker', [], { DATABASE_URL: this.database.url, REDIS_URL: this.redis.url });
    await worker.says(/worker ready/);
    return worker;
  }
}
