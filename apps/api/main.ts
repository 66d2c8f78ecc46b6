import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import { LISTEN_HOST, readEnvironment } from '../../libs/config/environment';
import { Ending } from '../../libs/core/ending';
import { DatabaseModule } from '../../libs/database/database.module';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { ApiModule } from './api.module';
import { createHttpApplication } from './serve';

@Module({})
class ApiApplication {}

/** The API of an office, by itself; workers run beside it. */
async function main(): Promise<void> {
  const { PORT, DATABASE_URL, REDIS_URL } = readEnvironment();
  if (DATABASE_URL === undefined) {
    throw new Error('api 单独运行时必须设置 DATABASE_URL。 DATABASE_URL must be set to run the api by itself.');
  }
  const application = await createHttpApplication({
    module: ApiApplication,
    imports: [
      DatabaseModule.forRoot(DATABASE_URL),
      JobsModule.forRoot({ databaseUrl: DATABASE_URL, redisUrl: REDIS_URL }),
      ApiModule,
    ],
  });
  new Ending(async () => {
    await application.close();
    return 0;
  });
  await application.listen(PORT, LISTEN_HOST);
  new Logger('Api').log(`api ready at ${await application.getUrl()}`);
}

main().catch((error: Error) => {
  new Logger('Api').error(error.message);
  process.exit(1);
});
