import 'reflect-metadata';
import { Command } from 'commander';
import { QueryFailedError } from 'typeorm';
import { startedJob } from '../../libs/accounts/started-job';
import { DomainError } from '../../libs/core/domain-error';
import { sweepScratchFolders } from '../../libs/core/scratch-folder';
import { rebuild } from '../../libs/indicators/recompute';
import { addBulletinVerb } from './bulletin';
import { addAssessVerb } from './assess';
import { printAudit, type AuditOptions } from './audit';
import { backUp, backupFolder, drillNow, restore } from './backup';
import { addCheckUpVerb } from './check-up';
import { printChanges, type ChangesOptions } from './changes';
import { addCompareVerbs } from './compare-verbs';
import { demonstrate, requireOwnDatabase } from './demonstration';
import { addCardVerb } from './card';
import { printEntries, type EntriesOptions } from './entries';
import { addEvidenceVerbs } from './evidence';
import { printFunnel, type FunnelOptions } from './funnel';
import { importFile, type ImportOptions } from './import-file';
import { addMonthVerbs, closeByVerb } from './month';
import { writeList, type ListOptions } from './list';
import { theRegistry, withBareOffice, withOffice, type OfficeOptions } from './office';
import { addQualityVerbs } from './quality';
import { report, type ReportOptions } from './report';
import { reverseByIds } from './reverse';
import { addSettingVerbs } from './setting';
import { addTargetVerbs } from './target';
import { writeTemplate } from './template';
import { addOrgVerbs } from './org';
import { addUserVerbs, ownerOf, type Run } from './user';
import { verifyOffice, type VerifyOptions } from './verify';
import { printWaiting, type WaitingOptions } from './waiting';

const UNDEFINED_TABLE = '42P01';

const program = new Command('ledger')
  .description('髓缘台账的命令行  The command line of Marrow Ledger')
  .option('--office', '用本单位的数据库，而不是演示数据库  use the office database, not the demonstration')
  .hook('preAction', sweepScratchFolders);

const office = (): OfficeOptions => program.opts<OfficeOptions>();

program
  .command('migrate')
  .description('更新数据库结构  bring the schema up to date')
  .action(() =>
    withOffice(
      office(),
      async () => {
        process.stderr.write('数据库结构已是最新。 The schema is up to date.\n');
      },
      true,
    ),
  );

program
  .command('demo')
  .description('写入演示年度  load the demonstration year')
  .option('--into-database-url', 'DATABASE_URL 是专为演示建的空数据库  DATABASE_URL is an empty database made for it')
  .action(({ intoDatabaseUrl }: { intoDatabaseUrl?: boolean }) => {
    requireOwnDatabase(office(), intoDatabaseUrl);
    return withOffice(office(), demonstrate);
  });

program
  .command('template [kind]')
  .description('写出一个种类的填写模板  write a workbook to fill in; without a kind, list them')
  .option('--to <file.xlsx>', '写到哪里  where to')
  .action((kind: string | undefined, options: { to?: string }) =>
    withOffice(office(), (source) => writeTemplate(source, kind, options)),
  );

program
  .command('import <file>')
  .description('导入 xlsx、CSV 或 NDJSON 文件  import a file of entries')
  .option('--kind <code>', '各行都是这一种类  what all rows are of')
  .option('--name <name>', '来源名称，缺省为文件名  the name of its source, the file name unless said')
  .option('--org <code>', '这是哪个机构的文件，缺省为资料库  whose file it is, the registry unless said')
  .option('--reason <text>', '更正、冲销或补录的理由  why entries are taken back, or come late')
  .option('--map <column=field...>', '某列是哪一项  what a column is taken for')
  .option('--dry-run', '只看会怎样，不写入  only say what it would do')
  .option('--all-or-nothing', '有一行不行就都不写入  take it whole or not at all')
  .option(
    '--keep-gaps',
    '历史数据：缺少前置登记的行也写入，随后列为数据质量问题  history: take rows in that stand on nothing',
  )
  .option('--accept', '不再询问  without asking')
  .option('--again', '同一份文件已导入过，仍要再登记一遍  log a file twice that went in before')
  .option('--errors <file.xlsx>', '把有问题的单元格标在工作簿里  mark the bad cells in a workbook')
  .action((file: string, options: ImportOptions) =>
    withOffice(office(), (source) => importFile(source, file, options)),
  );

program
  .command('report')
  .description('一个期间的全部指标  every metric and indicator of a period')
  .requiredOption('--period <period>', '2024、2024-H1、2024-Q3、2024-05')
  .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
  .option('--by <grain>', 'month | quarter | half | org')
  .option('--as-of <moment>', '当时的数值：日期、时间、seal:2024-11 或 position:17  as it stood then')
  .option('--format <format>', 'table | json | csv', 'table')
  .option('--language <language>', 'zh | en', 'zh')
  .action((options: ReportOptions) =>
    withOffice(office(), async (source) => {
      process.stdout.write(await report(source, options));
    }),
  );

program
  .command('funnel')
  .description(
    '一个期间的漏斗；或当期开始的请求的结局；或一个环节的衔接表  the funnel of a period, or the bridge to a stage',
  )
  .requiredOption('--period <period>', '2024、2024-H1、2024-Q3、2024-05')
  .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
  .option('--cohort', '当期开始的请求，跟到结局  the requests that began in it, followed to their end')
  .option('--bridge <stage>', 'remobilise | hr | exam | donation')
  .option('--as-of <moment>', '按当时的台账：日期、时间、seal:2024-11 或 position:17  as the ledger stood then')
  .option('--format <format>', 'table | json | csv', 'table')
  .action((options: FunnelOptions) =>
    withOffice(office(), async (source) => {
      process.stdout.write(await printFunnel(source, options));
    }),
  );

program
  .command('waiting [list]')
  .description('谁在等什么：各清单的人数，或一份清单  who waits for what: the lists counted, or one of them')
  .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
  .option('--overdue', '只看逾期的  only those whose day has passed')
  .option('--format <format>', 'table | json | csv', 'table')
  .action((list: string | undefined, options: WaitingOptions) =>
    withOffice(office(), async (source) => {
      process.stdout.write(await printWaiting(source, await ownerOf(source), list, options));
    }),
  );

program
  .command('entries')
  .description('查找登记  look for entries')
  .option('--kind <code>', '种类  of a kind')
  .option('--from <day>', '最早的一天  the first day')
  .option('--to <day>', '最晚的一天  the last one')
  .option('--donor <code>', '捐献者编号  of a donor')
  .option('--case <code>', '请求编号  of a request')
  .option('--sample <code>', '血样编号  of a sample')
  .option('--standing', '不看已冲销的  only what stands')
  .option('--key <key>', '一个指标的完整名单，要有 --period  the whole list behind a figure, of a --period')
  .option('--period <period>', '2024、2024-H1、2024-Q3、2024-05')
  .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
  .option('--own', '只看本级  the own entries of the org')
  .option('--part <part>', 'numerator | denominator')
  .option('--as-of <moment>', '当时的名单：日期、时间、seal:2024-11 或 position:17  as it stood then')
  .option('--file <path>', '名单存到哪里  where the list goes')
  .option('--format <format>', 'table | json | csv；名单：csv | json | xlsx', 'table')
  .action((options: EntriesOptions & Partial<ListOptions>) =>
    withOffice(office(), async (source) => {
      const { key } = options;
      if (key !== undefined) return writeList(source, await ownerOf(source), { ...options, key });
      process.stdout.write(await printEntries(source, await ownerOf(source), options));
    }),
  );

program
  .command('changes')
  .description('一个时刻以来哪些数值变了，或是哪些登记使一个数值变了  which figures changed since, or what moved one')
  .requiredOption('--period <period>', '2024、2024-H1、2024-Q3、2024-05')
  .requiredOption('--since <moment>', '日期、时间、seal:2024-11 或 position:17  a date, a time, a seal or a position')
  .option('--as-of <moment>', '到哪一时刻为止，缺省为现在  until when, now unless said')
  .option('--key <key>', '只看一个指标：列出登记  the entries that moved one figure')
  .option('--part <part>', 'numerator | denominator')
  .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
  .option('--format <format>', 'table | json | csv', 'table')
  .action((options: ChangesOptions) =>
    withOffice(office(), async (source) => {
      process.stdout.write(await printChanges(source, await ownerOf(source), options));
    }),
  );

program
  .command('reverse <id...>')
  .description('冲销登记  take entries back')
  .requiredOption('--reason <text>', '理由  why')
  .action((ids: string[], { reason }: { reason: string }) =>
    withOffice(office(), async (source) => reverseByIds(source, await ownerOf(source), ids, reason)),
  );

program
  .command('audit')
  .description('审计记录，最近 200 条；csv 为全部  the audit log, its latest 200 acts; as csv all of it')
  .option('--actor <name>', '谁  who')
  .option('--act <act>', '做了什么，如 entries.reverse  what was done')
  .option('--thing <id>', '对象  to what')
  .option('--from <day>', '最早的一天  the first day')
  .option('--to <day>', '最晚的一天  the last one')
  .option('--format <format>', 'table | json | csv', 'table')
  .action((options: AuditOptions) =>
    withOffice(office(), async (source) => printAudit(source, await ownerOf(source), options)),
  );

program
  .command('close <month>')
  .description('结账并封存一个月份，如 2024-01  close and seal a month')
  .option('--reason <text>', '理由；有机构未报送时必须写  why; needed where an org has not submitted')
  .action((month: string, options: { reason?: string }) =>
    withOffice(office(), async (source) => closeByVerb(source, await ownerOf(source), month, options)),
  );

program
  .command('rebuild')
  .description('从台账重算全部数值  compute every value again from the ledger')
  .action(() =>
    withOffice(office(), async (source) => {
      const { registryId } = await theRegistry(source);
      await startedJob(source, { registryId, actor: 'cli', act: 'values.rebuild' }, () => rebuild(source, registryId));
      process.stderr.write('全部数值已重算。 Every value was computed again.\n');
    }),
  );

program
  .command('verify')
  .description('用独立的 SQL 复核全部数值、审计记录和封存  recount every value, the audit log and the seals')
  .option('--audit', '只复核审计记录  the audit log alone')
  .option('--seals', '只复核月结封存  the seals of closed months alone')
  .option('--known <seq:hash>', '此前抄存的末条指纹  a last hash that was noted before')
  .option('--format <format>', 'table | json', 'table')
  .action((options: VerifyOptions) => withOffice(office(), (source) => verifyOffice(source, options)));

program
  .command('backup')
  .description('加密备份并回读核对  make an encrypted backup, and read it back')
  .option(
    '--to <folder>',
    '存放备份的文件夹，缺省为 DATA_DIR 下的 backups  the folder, backups below DATA_DIR unless said',
  )
  .action(({ to }: { to?: string }) =>
    withOffice(office(), (source, database) => backUp(source, database, to ?? backupFolder())),
  );

program
  .command('restore <file>')
  .description('把备份恢复到空数据库并复核  restore a backup into an empty database, and recount it')
  .action((file: string) => withBareOffice(office(), (database) => restore(database, file)));

program
  .command('drill')
  .description('备份、试恢复、复核，并留下结果  back up, restore beside the office, recount, and keep the result')
  .action(() => withOffice(office(), drillNow));

const asOwner: Run = (act) => withOffice(office(), async (source) => act(source, await ownerOf(source)));
addEvidenceVerbs(program, asOwner);

addUserVerbs(program, asOwner);
addOrgVerbs(program, asOwner);
addCompareVerbs(program, asOwner);
addTargetVerbs(program, asOwner);
addBulletinVerb(program, asOwner);
addAssessVerb(program, asOwner);
addCheckUpVerb(program, asOwner);
addSettingVerbs(program, asOwner);
addCardVerb(program, asOwner);
addMonthVerbs(program, asOwner);
addQualityVerbs(program, asOwner);

program.parseAsync().catch((error: unknown) => {
  const missing =
    error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNDEFINED_TABLE;
  const text = missing
    ? '数据库结构还没有建立，请先运行 npm run -s ledger -- migrate。\nThe tables are missing; run npm run -s ledger -- migrate first.\n'
    : error instanceof DomainError
      ? `${error.sentence.zh}\n${error.sentence.en}\n`
      : `${(error as Error).stack ?? String(error)}\n`;
  process.stderr.write(text);
  process.exitCode = 1;
});
