import { Option, type Command } from 'commander';
import { printCities, printTimes, type CitiesOptions, type TimesOptions } from './compare';
import type { Run } from './user';

/** The verbs that compare: days between milestones, and cities. */
export function addCompareVerbs(program: Command, run: Run): void {
  asking(program.command('times'))
    .description('两个环节之间的天数：中位数和 90 分位  days between two milestones')
    .addOption(new Option('--by <rows>', '按月或按机构分行  finer rows').choices(['month', 'org']))
    .action((options: TimesOptions) =>
      run(async (source, owner) => {
        process.stdout.write(await printTimes(source, owner, options));
      }),
    );
  asking(program.command('cities'))
    .description('各地市的队列转化率、区间和漏斗界限  cohort rates of the cities, with intervals and limits')
    .option('--window <days>', '观察期天数，0 表示不限，缺省 180  days that count, 0 for all')
    .option('--losses', '只列流失原因  why requests came to nothing')
    .action((options: CitiesOptions) =>
      run(async (source, owner) => {
        process.stdout.write(await printCities(source, owner, options));
      }),
    );
}

function asking(verb: Command): Command {
  return verb
    .requiredOption('--period <period>', '2024、2024-H1、2024-Q3、2024-05')
    .requiredOption('--from <milestone>', '从哪个环节，如 screen_requested  the earlier milestone')
    .requiredOption('--to <milestone>', '到哪个环节，如 donated  the later one')
    .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
    .option('--as-of <moment>', '按当时的台账：日期、时间、seal:2024-11 或 position:17  as the ledger stood then')
    .option('--format <format>', 'table | json | csv', 'table');
}
