import { BullModule } from '@nestjs/bullmq';
import { DynamicModule, Module, ModuleMetadata, Provider } from '@nestjs/common';
import { JobHandlers } from '../../libs/jobs/job-handlers';
import { LedgerWorker } from './ledger-worker';
import { LedgerProcessor } from './ledger.processor';
import { ScheduleKeeper } from './schedule-keeper.service';

/** Needs a `JobsModule` in the same application. */
@Module({})
export class WorkerModule {
  /** `handlers` provides `JOB_HANDLERS`; `imports` are the modules that it needs. */
  static forRoot(options: { imports?: ModuleMetadata['imports']; handlers: Provider<JobHandlers> }): DynamicModule {
    BullModule.workerClass = LedgerWorker;
    return {
      module: WorkerModule,
      imports: options.imports,
      providers: [options.handlers, LedgerProcessor, ScheduleKeeper],
    };
  }
}
