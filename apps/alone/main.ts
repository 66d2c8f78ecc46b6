import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { makeSetupLink } from '../../libs/accounts/setup';
import { hostWarning, readEnvironment, THIS_MACHINE, type Environment } from '../../libs/config/environment';
import { signOnSettings } from '../../libs/config/sign-on-settings';
import { BROKEN_OFF, Ending } from '../../libs/core/ending';
import { DomainError } from '../../libs/core/domain-error';
import { sweepScratchFolders } from '../../libs/core/scratch-folder';
import { applicationDataSource } from '../../libs/database/data-source';
import { DatabaseModule } from '../../libs/database/database.module';
import { closeDemonstration } from '../../libs/demonstration/close';
import { loadDemonstration } from '../../libs/demonstration/load';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { sweep } from '../../libs/indicators/recompute';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { openOfficeDatabase, type OfficeDatabase } from '../../libs/jobs/office-database';
import { lookFirst } from '../../libs/quality/first-look';
import { makeAssessmentFiles } from '../../libs/reports/assessment-files';
import { assessDemonstration } from '../../libs/self-assessment/demonstration-assessments';
import { ApiModule } from '../api/api.module';
import { addressOf, assertCanListen, isEverywhere } from '../api/listening';
import { createHttpApplication } from '../api/serve';
import { handlersOf } from '../worker/handlers';
import { WorkerModule } from '../worker/worker.module';
import { showProgress } from '../cli/progress';
import { say } from './console';

@Module({})
class AloneApplication {}

/** What has been opened so far, and is closed when the program is told to end. */
const opened: { office?: Promise<OfficeDatabase>; application?: NestFastifyApplication } = {};

const ending = new Ending(async () => {
  await opened.application?.close();
  await opened.office?.then((office) => office.close()).catch(() => undefined);
  return opened.application ? 0 : BROKEN_OFF;
});

/** API, worker and page in one process, with the program's own PostgreSQL unless `DATABASE_URL` names another. */
async function main(): Promise<void> {
  const begun = Date.now();
  const environment = readEnvironment();
  await sweepScratchFolders();
  // A database that somebody else keeps is never filled with a demonstration.
  const demonstration = !process.argv.includes('--office') && environment.DATABASE_URL === undefined;
  // So are the passwords of the demonstration's accounts never let in there, nor from another machine.
  const host = demonstration ? THIS_MACHINE : environment.HOST;
  const warning = demonstration ? hostWarning(environment) : undefined;
  if (warning) say(warning);
  opened.office = openOfficeDatabase(environment, demonstration ? 'marrow_demonstration' : 'marrow_office', true);
  const office = await opened.office;
  office.server?.onLost(endWithoutDatabase);
  try {
    await claimOffice(office, environment, host);
    await assertCanListen(environment.PORT, host);
    await bringUpToDate(office.store.databaseUrl, demonstration);
    opened.application = await createHttpApplication(
      {
        module: AloneApplication,
        imports: [
          DatabaseModule.forRoot(office.store.databaseUrl),
          JobsModule.forRoot(office.store),
          ApiModule.forRoot({
            published: demonstration,
            signOn: demonstration ? undefined : signOnSettings(environment),
          }),
          WorkerModule.forRoot({
            handlers: handlersOf({ databaseUrl: office.store.databaseUrl, ownerUrl: office.ownerUrl }),
          }),
        ],
      },
      { thisMachineOnly: demonstration, trustedProxies: environment.TRUSTED_PROXY },
    );
    await opened.application.listen(environment.PORT, host);
  } catch (error) {
    await opened.application?.close();
    await office.close();
    throw error;
  }
  const address = addressOf(host, new URL(await opened.application.getUrl()).port);
  const setupToken = await makeSetupLink(opened.application.get(DataSource), demonstration);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  say({
    zh: `髓缘台账已就绪（${seconds} 秒）：${address}${demonstration ? '（演示数据）' : ''}。${isEverywhere(host) ? `在本机所有地址（${host}）上监听。` : ''}按 Ctrl-C 停止。`,
    en: `Marrow Ledger is ready (${seconds} s): ${address}${demonstration ? ' (demonstration data)' : ''}. ${isEverywhere(host) ? `It listens on every address of this machine (${host}). ` : ''}Ctrl-C stops it.`,
  });
  if (setupToken !== undefined) saySetupLink(address, setupToken);
}

function saySetupLink(address: string, token: string): void {
  // Behind the #, it comes into no server's log.
  const link = `${address}/#setup=${token}`;
  say({
    zh: `还没有管理员。请在浏览器打开这个一次性链接（24 小时内有效），设置资料库和管理员密码：${link}`,
    en: `There is no administrator yet. Open this link once, within 24 hours, to set up the registry and the administrator's password: ${link}`,
  });
}

/** @throws {DomainError} when the program runs already with this data folder */
async function claimOffice({ server }: OfficeDatabase, { PORT }: Environment, host: string): Promise<void> {
  if (!server || (await server.claimProgram(addressOf(host, PORT)))) return;
  const address = await server.programAddress();
  throw new DomainError('already_running', {
    zh: `髓缘台账已经在运行：${address}。请直接在浏览器打开；要另开一个，请设置 DATA_DIR 和 PORT。`,
    en: `Marrow Ledger is running already: ${address}. Open that in a browser; for a second one set DATA_DIR and PORT.`,
  });
}

async function bringUpToDate(databaseUrl: string, demonstration: boolean): Promise<void> {
  const source: DataSource = await applicationDataSource(databaseUrl, 2).initialize();
  try {
    if (demonstration) {
      const progress = showProgress('写入演示数据 loading the demonstration');
      await loadDemonstration(source, progress.tell);
      progress.end();
    }
    await sweep(source);
    if (demonstration) {
      const progress = showProgress('演示数据结账 closing the demonstration');
      await closeDemonstration(source, progress.tell);
      progress.end();
      const { registryId } = DEMONSTRATION_REGISTRY;
      await lookFirst(source, registryId);
      await assessDemonstration(source, registryId, makeAssessmentFiles);
    }
  } finally {
    await source.destroy();
  }
}

/** What cannot log would only seem to run. */
function endWithoutDatabase(): void {
  if (ending.begun) return;
  say({
    zh: '内置数据库已停止，程序随之结束。已登记的内容都在；请重新运行 npm start。',
    en: 'The embedded database has stopped, and the program ends with it. What was logged is kept; run npm start again.',
  });
  process.exit(1);
}

main().catch((error: unknown) => {
  if (ending.begun) return;
  say(
    error instanceof DomainError
      ? error.sentence
      : {
          zh: `启动失败：${(error as Error).message}`,
          en: `The start failed: ${(error as Error).stack ?? String(error)}`,
        },
  );
  process.exit(1);
});
