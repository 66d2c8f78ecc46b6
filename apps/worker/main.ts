import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readEnvironment } from '../../libs/config/environment';
import { sweepScratchFolders } from '../../libs/core/scratch-folder';
import { DatabaseModule } from '../../libs/database/database.module';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { handlersOf } from './handlers';
import { WorkerModule } from './worker.module';

@Module({})
class WorkerApplication {}

const logger = new Logger('Worker');

/** The worker of an office, by itself; any number may run beside the API. */
async function main(): Promise<void> {
  const { DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL } = readEnvironment();
  if (DATABASE_URL === undefined) {
    throw new Error('worker 单独运行时必须设置 DATABASE_URL。 DATABASE_URL must be set to run the worker by itself.');
  }
  await sweepScratchFolders();
  const application = await NestFactory.createApplicationContext(
    {
      module: WorkerApplication,
      imports: [
        DatabaseModule.forRoot(DATABASE_URL),
        JobsModule.forRoot({ databaseUrl: DATABASE_URL, redisUrl: REDIS_URL }),
        WorkerModule.forRoot({
          handlers: handlersOf({ databaseUrl: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL ?? DATABASE_URL }),
        }),
      ],
    },
    { logger: ['warn', 'error', 'fatal'], abortOnError: false },
  );
  // From here on also what the program itself has to say; until now it would be Nest's list of modules.
  application.useLogger(['log', 'warn', 'error', 'fatal']);
  application.enableShutdownHooks();
  logger.log(`worker ready, queue on ${REDIS_URL === undefined ? 'PostgreSQL' : 'Redis'}`);
}

main().catch((error: Error) => {
  logger.error(error.message);
  process.exit(1);
});
