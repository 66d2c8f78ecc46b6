import { InjectQueue } from '@nestjs/bullmq';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { JobSchedulerJson, Queue } from 'bullmq';
import { Outage } from '../../libs/jobs/outage';
import { LEDGER_QUEUE } from '../../libs/jobs/queue';
import { Schedule, SCHEDULES } from '../../libs/jobs/schedules';

const CHECK_EVERY_MS = 10_000;
/** How many runs of what runs nightly are kept, so that somebody can see when it last did. */
const RUNS_KEPT = 60;

/** Keeps the schedules in the queue: they live in its store, so a flushed Redis loses them. */
@Injectable()
export class ScheduleKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly outage = new Outage(new Logger(ScheduleKeeper.name), {
    begins: { zh: '定时任务暂时无法登记，稍后重试。', en: 'The schedules cannot be kept for now; trying again.' },
    ends: { zh: '定时任务已恢复。', en: 'The schedules are in place again.' },
  });
  private timer: NodeJS.Timeout | undefined;
  private begun = false;
  private stopped = false;

  constructor(@InjectQueue(LEDGER_QUEUE) private readonly queue: Queue) {}

  onApplicationBootstrap(): void {
    void this.keep();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Adds the schedules that are missing or differ. The first time it also removes what is not in the list, and sweeps. */
  async restore(): Promise<void> {
    const standing = new Map((await this.queue.getJobSchedulers()).map((scheduler) => [scheduler.key, scheduler]));
    for (const schedule of SCHEDULES) {
      if (!isSame(schedule, standing.get(schedule.id))) await this.upsert(schedule);
      standing.delete(schedule.id);
    }
    // Only once: during an upgrade the old worker would keep removing what the new one adds.
    if (this.begun) return;
    for (const id of standing.keys()) await this.queue.removeJobScheduler(id);
    // What a killed worker left would else wait for the next turn of the schedule.
    await this.queue.add('sweep', {});
    this.begun = true;
  }

  private async keep(): Promise<void> {
    try {
      await this.restore();
      this.outage.ends();
    } catch (error) {
      if (!this.stopped) this.outage.begins(error);
    }
    if (!this.stopped) this.timer = setTimeout(() => void this.keep(), CHECK_EVERY_MS);
  }

  private async upsert(schedule: Schedule): Promise<void> {
    const template = { name: schedule.job, data: {}, opts: { removeOnComplete: keptOf(schedule) } };
    await this.queue.upsertJobScheduler(schedule.id, repetitionOf(schedule), template);
  }
}

function repetitionOf(schedule: Schedule) {
  return 'everyMs' in schedule ? { every: schedule.everyMs } : { pattern: schedule.pattern, tz: schedule.tz };
}

/** What comes back every few seconds would push out the runs of all others. */
function keptOf(schedule: Schedule): true | { count: number } {
  return 'everyMs' in schedule ? true : { count: RUNS_KEPT };
}

function isSame(schedule: Schedule, standing: JobSchedulerJson | undefined): boolean {
  const { every, pattern, tz }: { every?: number; pattern?: string; tz?: string } = repetitionOf(schedule);
  return (
    standing?.name === schedule.job &&
    standing.every === every &&
    standing.pattern === pattern &&
    standing.tz === tz &&
    JSON.stringify(standing.template?.opts?.removeOnComplete) === JSON.stringify(keptOf(schedule))
  );
}
