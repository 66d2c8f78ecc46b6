import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { makeSetupLink } from '../../libs/accounts/setup';
import { readEnvironment } from '../../libs/config/environment';
import { signOnSettings } from '../../libs/config/sign-on-settings';
import { Ending } from '../../libs/core/ending';
import { sweepScratchFolders } from '../../libs/core/scratch-folder';
import { DatabaseModule } from '../../libs/database/database.module';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { ApiModule } from './api.module';
import { addressOf, assertCanListen, isEverywhere } from './listening';
import { createHttpApplication } from './serve';

@Module({})
class ApiApplication {}

/** The API of an office, by itself; workers run beside it. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  const { PORT, HOST, TRUSTED_PROXY, DATABASE_URL, REDIS_URL } = environment;
  if (DATABASE_URL === undefined) {
    throw new Error('api 单独运行时必须设置 DATABASE_URL。 DATABASE_URL must be set to run the api by itself.');
  }
  await sweepScratchFolders();
  await assertCanListen(PORT, HOST);
  const application = await createHttpApplication(
    {
      module: ApiApplication,
      imports: [
        DatabaseModule.forRoot(DATABASE_URL),
        JobsModule.forRoot({ databaseUrl: DATABASE_URL, redisUrl: REDIS_URL }),
        ApiModule.forRoot({ published: false, signOn: signOnSettings(environment) }),
      ],
    },
    { trustedProxies: TRUSTED_PROXY },
  );
  new Ending(async () => {
    await application.close();
    return 0;
  });
  await application.listen(PORT, HOST);
  // Until now it would have been Nest's list of routes.
  application.useLogger(['log', 'warn', 'error', 'fatal']);
  const logger = new Logger('Api');
  const address = addressOf(HOST, new URL(await application.getUrl()).port);
  logger.log(`api ready at ${address}${isEverywhere(HOST) ? `, listening on ${HOST}` : ''}`);
  const token = await makeSetupLink(application.get(DataSource), false);
  if (token !== undefined) {
    logger.warn(
      `还没有管理员，请打开这个一次性链接 There is no administrator yet; open once: ${address}/#setup=${token}`,
    );
  }
}

main().catch((error: Error) => {
  new Logger('Api').error(error.message);
  process.exit(1);
});
