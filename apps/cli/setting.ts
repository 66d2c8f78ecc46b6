import type { Command } from 'commander';
import { chooseSetting, readSettings } from '../../libs/ledger/settings';
import { requireFormat } from './format';
import { asTable } from './table';
import type { Run } from './user';

const HEAD = ['设置', '选择', '口径', '起始', ''];

/** What the reports leave open: the answers there are, and choosing one. */
export function addSettingVerbs(program: Command, run: Run): void {
  const setting = program.command('setting').description('口径设置  what the reports leave open');
  setting
    .command('list')
    .description('列出可选的口径和现在的选择  list the choices, and what is chosen')
    .option('--format <format>', 'table | json', 'table')
    .action(({ format }: { format: string }) =>
      run(async (source, owner) => {
        requireFormat(format, ['table', 'json']);
        const settings = await readSettings(source, owner.registryId);
        if (format === 'json') {
          process.stdout.write(`${JSON.stringify(settings, null, 2)}\n`);
          return;
        }
        const rows = settings.flatMap(({ key, choices, timeline, ...one }) =>
          choices.map(({ code, label }) => {
            const since = timeline.filter(({ choice }) => choice === code).map((chosen) => chosen.since);
            return [key, code, label.zh, since.join(' '), code === one.default ? '缺省 default' : ''];
          }),
        );
        process.stdout.write(asTable(HEAD, rows));
      }),
    );
  setting
    .command('choose <key> <choice>')
    .description('从某个未结账的月份起改用一种口径  choose a meaning from an open month on')
    .requiredOption('--since <month>', '从哪个月起，如 2024-05  from which month on')
    .requiredOption('--reason <text>', '为什么  why')
    .action((key: string, choice: string, { since, reason }: { since: string; reason: string }) =>
      run(async (source, owner) => {
        await source.transaction((manager) => chooseSetting(manager, owner, { key, choice, since, reason }));
        process.stderr.write(
          `${since} 起按此口径；各期数字稍后重算，已结账月份不变。 Chosen from ${since} on; the figures follow, closed months stay.\n`,
        );
      }),
    );
}
