import { InvalidArgumentError, type Command } from 'commander';
import { basename } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Principal } from '../../libs/accounts/principal';
import { DomainError } from '../../libs/core/domain-error';
import { printTarget, numberTarget } from '../../libs/core/target-text';
import { importTargets } from '../../libs/intake/import-targets';
import { findDefinition } from '../../libs/targets/definition';
import { proposeSplit, SPLIT_WAYS, type SplitWay } from '../../libs/targets/split-target';
import { readTarget } from '../../libs/targets/target-input';
import { readTargets, setTargets, type TargetsSet } from '../../libs/targets/targets';
import { requireFormat } from './format';
import { asCsv, asTable } from './table';
import type { Run } from './user';

interface ListedTargets {
  readonly period?: string;
  readonly org?: string;
  readonly asOf?: string;
}

interface SplitOptions {
  readonly org?: string;
  readonly by: string;
  readonly shares?: Record<string, string>;
  readonly keepRest?: boolean;
  readonly save?: boolean;
  readonly reason?: string;
}

/** The targets: which there are, one of them, the split of one over the orgs below, many from a file. */
export function addTargetVerbs(program: Command, run: Run): void {
  const target = program.command('target').description('目标  targets');
  target
    .command('list')
    .description('列出目标  list the targets')
    .option('--period <period>', '2024、2024-H1……，缺省为全部  of one period')
    .option('--org <code>', '机构代码  of one org')
    .option('--as-of <moment>', '当时的目标：日期、时间、seal:2024-11 或 position:17  as they stood then')
    .option('--format <format>', 'table | json | csv', 'table')
    .action(({ format, ...question }: ListedTargets & { format: string }) =>
      run(async (source, owner) => {
        requireFormat(format, ['table', 'json', 'csv']);
        process.stdout.write(await listTargets(source, owner, question, format));
      }),
    );
  target
    .command('set <org> <period> <key> <target>')
    .description('设定一个目标，如 HN 2024 donation.completed ≥120例  set a target')
    .option('--reason <text>', '更改的理由  why it is changed')
    .action((org: string, period: string, key: string, text: string, { reason }: { reason?: string }) =>
      run(async (source, owner) => {
        const input = readTarget(owner, { org, period, key, target: text });
        say(await setTargets(source, owner, [input], reason ?? null));
      }),
    );
  target
    .command('split <period> <key>')
    .description(
      '把目标分解到下级机构；不加 --save 只看  split a target over the orgs below; only shown without --save',
    )
    .option('--org <code>', '机构代码，缺省为资料库  whose target, the registry unless said')
    .option('--by <way>', 'last_year | equal | given', 'last_year')
    .option('--shares <org=share,...>', '给定的比例  the shares given', readShares)
    .option('--keep-rest', '不足一个单位的留在本级  what does not go into whole units stays')
    .option('--save', '写入  set them')
    .option('--reason <text>', '更改的理由  why targets are changed')
    .action((period: string, key: string, options: SplitOptions) =>
      run((source, owner) => split(source, owner, period, key, options)),
    );
  target
    .command('import <file>')
    .description('从 xlsx 或 CSV 导入目标：机构、期间、指标、指标值  take targets in from a file')
    .option('--reason <text>', '更改的理由  why targets are changed')
    .option('--dry-run', '只看，不写入  only look')
    .action((file: string, { reason, dryRun }: { reason?: string; dryRun?: boolean }) =>
      run(async (source, owner) => {
        const of = { path: file, name: basename(file) };
        const how = { reason: reason ?? null, dryRun: dryRun ?? false };
        const { rows, problems, done } = await importTargets(source, owner, of, how);
        for (const { row, column, sentence } of problems) {
          process.stderr.write(`第 ${row} 行${column ? ` ${column} 列` : ''}：${sentence.zh} ${sentence.en}\n`);
        }
        if (problems.length > 0) throw new DomainError('targets_not_taken', NOT_TAKEN);
        if (done) say(done);
        else process.stderr.write(`${rows} 行都可以写入。 All ${rows} rows can be taken.\n`);
      }),
    );
}

const NOT_TAKEN = {
  zh: '有问题的行如上，一行也没有写入。',
  en: 'See the rows above; none was taken.',
};

async function listTargets(
  source: DataSource,
  owner: Principal,
  question: ListedTargets,
  format: string,
): Promise<string> {
  const targets = await readTargets(source.manager, owner, question);
  if (format === 'json') return `${JSON.stringify(targets, null, 2)}\n`;
  const rows = targets.map(({ org, period, key, operator, value, version, recordedBy }) => ({
    org,
    period,
    key,
    target: printTarget(numberTarget(operator, value, findDefinition(key)?.unit ?? '')),
    version,
    recordedBy,
  }));
  if (format === 'csv') return asCsv(rows);
  return asTable(
    ['机构', '期间', '指标', '目标', '版本', '设定人'],
    rows.map((row) => Object.values(row).map(String)),
  );
}

async function split(
  source: DataSource,
  owner: Principal,
  period: string,
  key: string,
  { org, by, shares, keepRest, save, reason }: SplitOptions,
): Promise<void> {
  requireFormat(by, SPLIT_WAYS);
  const proposed = await proposeSplit(source, owner, { org, period, key, by: by as SplitWay, shares, keepRest });
  const { whole, parts, partsTotal, remainder } = proposed;
  const rows = parts.map((part) => [part.org, part.share ?? '', part.value, part.standing?.value ?? '']);
  const sums =
    remainder === null
      ? []
      : [
          ['合计', '', partsTotal ?? '', ''],
          ['留在本级', '', remainder, ''],
        ];
  const head = ['机构', '比例', '目标', '现有'];
  process.stdout.write(asTable(head, [...rows, ...sums, [whole.org, '', whole.value, '']]));
  if (!save) return;
  const inputs = parts.map((part) => ({
    org: part.org,
    period: whole.period,
    key,
    operator: whole.operator,
    value: part.value,
  }));
  say(await setTargets(source, owner, inputs, reason ?? null));
}

function readShares(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  if (pairs.some((pair) => pair.length !== 2)) throw new InvalidArgumentError('写作 A=3,B=2。 Write A=3,B=2.');
  return Object.fromEntries(pairs.map(([org = '', share = '']) => [org.trim(), share.trim()]));
}

function say({ set, changed, unchanged }: TargetsSet): void {
  process.stderr.write(
    `新设 ${set} 个，更改 ${changed} 个，未变 ${unchanged} 个。 ${set} set, ${changed} changed, ${unchanged} unchanged.\n`,
  );
}
