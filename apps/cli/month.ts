import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import type { Principal } from '../../libs/accounts/principal';
import { findKind } from '../../libs/catalogue/kinds';
import { WORKLISTS } from '../../libs/catalogue/worklists';
import { orgWithin } from '../../libs/accounts/principal';
import { closeSubmitted } from '../../libs/indicators/close-submitted';
import { readMonthCheck } from '../../libs/indicators/month-check';
import { recompute } from '../../libs/indicators/recompute';
import { readMonth, readMonths, type MonthOverview } from '../../libs/ledger/month-overview';
import type { MonthRow } from '../../libs/ledger/month-overview.queries';
import { readReopenPreview } from '../../libs/reports/reopen-preview';
import { reopenMonths } from '../../libs/ledger/months';
import { submitMonth } from '../../libs/ledger/submissions';
import { timeInShanghai } from '../../libs/reports/shanghai-time';
import { requireFormat } from './format';
import { asTable } from './table';
import type { Run } from './user';

const STATE = { closed: '已结账', open: '未结账', running: '进行中' } as const;
const SUBMITTED = { submitted: '已报送', changed: '报送后有变动', not_submitted: '未报送' } as const;

interface Format {
  readonly format: string;
}

/** The months: which there are, one of them, submitting and reopening. Closing is a verb of its own. */
export function addMonthVerbs(program: Command, run: Run): void {
  const month = program.command('month').description('月份：列出、报送、重开  months: listing, submitting, reopening');
  const withFormat = (command: Command) => command.option('--format <format>', 'table | json', 'table');
  withFormat(month.command('list').description('列出月份  list the months')).action((options: Format) =>
    run((source, owner) => printMonths(source, owner, options)),
  );
  withFormat(
    month.command('show <month>').description('一个月份的报送、调整与封存  who submitted it, what came late'),
  ).action((of: string, options: Format) => run((source, owner) => printMonth(source, owner, of, options)));
  withFormat(month.command('check <month>').description('报送前看看哪里不对  what looks wrong before it is submitted'))
    .requiredOption('--org <code>', '报送的机构  the org that submits')
    .action((of: string, options: Format & { org: string }) =>
      run((source, owner) => printCheck(source, owner, of, options)),
    );
  month
    .command('submit <month>')
    .description('报送一个月份，欠报的种类记零报告  submit a month, with nil returns for what is owed')
    .requiredOption('--org <code>', '报送的机构  the org that submits')
    .option('--note <text>', '说明  a note')
    .action((of: string, options: { org: string; note?: string }) =>
      run((source, owner) => submit(source, owner, of, options)),
    );
  month
    .command('reopen <month>')
    .description('重开一个月份及其后各月  open a month again, and all after it')
    .option('--reason <text>', '理由  why')
    .option('--dry-run', '只看会怎样，不重开  only say what it would undo')
    .action((of: string, options: { reason?: string; dryRun?: boolean }) =>
      run((source, owner) => reopen(source, owner, of, options)),
    );
}

async function printMonths(source: DataSource, owner: Principal, { format }: Format): Promise<void> {
  requireFormat(format, ['table', 'json']);
  const months = await readMonths(source.manager, owner);
  const head = ['月份', '状态', '报送', '有变动', '办理时间', '办理人', '理由'];
  const rows = months.map((one) => [
    one.month,
    STATE[one.state],
    `${one.submitted}/${one.submitting}`,
    one.changed === 0 ? '' : String(one.changed),
    ...actOf(one),
  ]);
  process.stdout.write(format === 'json' ? asJson(months) : asTable(head, rows));
}

function actOf({ action, at, by, reason }: MonthRow): string[] {
  const act = action === null ? '' : action === 'close' ? '结账 ' : '重开 ';
  return [at === null ? '' : `${act}${timeInShanghai(at)}`, by ?? '', reason ?? ''];
}

async function printMonth(source: DataSource, owner: Principal, of: string, { format }: Format): Promise<void> {
  requireFormat(format, ['table', 'json']);
  const overview = await readMonth(source.manager, owner, of);
  process.stdout.write(format === 'json' ? asJson(overview) : tablesOf(overview));
}

function tablesOf(overview: MonthOverview): string {
  const { orgs, adjustments, adjusted, seal } = overview;
  const submissions = orgs.map(({ org, name, state, submission, nilReturns }) => [
    org,
    name.zh,
    SUBMITTED[state],
    submission ? timeInShanghai(submission.submittedAt) : '',
    submission?.submittedBy ?? '',
    nilReturns.length === 0 ? '' : String(nilReturns.length),
    submission?.note ?? '',
  ]);
  const late = adjustments.map((one) => [
    one.belongsTo,
    one.org,
    kindOf(one.kind),
    one.occurredOn,
    one.quantity,
    one.justification ?? '',
    one.recordedBy,
    one.id,
  ]);
  return [
    asTable(
      ['月份', '状态', '办理时间', '办理人', '理由'],
      [[overview.month, STATE[overview.state], ...actOf(overview)]],
    ),
    asTable(['机构', '名称', '报送', '报送时间', '报送人', '零报告', '说明'], submissions),
    ...(late.length === 0
      ? []
      : [
          `调整 ${adjusted} 条，最近的在前。 ${adjusted} adjustments, the latest first.\n`,
          asTable(['所属月份', '机构', '种类', '日期', '数量', '理由', '登记人', '编号'], late),
        ]),
    ...(seal
      ? [
          asTable(
            ['封存', '号', '时间', '指纹'],
            [[seal.period, String(seal.number), timeInShanghai(seal.sealedAt), seal.hash]],
          ),
        ]
      : []),
  ].join('\n');
}

async function printCheck(
  source: DataSource,
  owner: Principal,
  of: string,
  { org, format }: Format & { org: string },
): Promise<void> {
  requireFormat(format, ['table', 'json']);
  const asked = { registryId: owner.registryId, org: orgWithin(owner, org), month: of };
  const check = await readMonthCheck(source, asked);
  if (format === 'json') {
    process.stdout.write(asJson(check));
    return;
  }
  const rows = [
    ...check.nilReturns.map((kind) => ['零报告', kindOf(kind), '本月没有登记，报送时记 0']),
    ...check.outliers.map(({ kind, quantity, median, months, score }) => [
      '异常',
      kindOf(kind),
      `本月 ${quantity}，前 ${months} 个月中位数 ${median}，稳健 z 值 ${score}`,
    ]),
    ...check.waiting.map(({ key, org: at, waiting, overdue, longestDays }) => [
      '待办',
      WORKLISTS.find((list) => list.key === key)?.label.zh ?? key,
      `${at}：${waiting} 件，逾期 ${overdue} 件，最长 ${longestDays} 天`,
    ]),
    ...(check.findings === 0 ? [] : [['历史缺口', '', `${check.findings} 条登记缺少前置登记`]]),
  ];
  process.stdout.write(
    rows.length === 0 ? '没有看出问题。 Nothing looks wrong.\n' : asTable(['检查', '项目', '情况'], rows),
  );
}

async function submit(
  source: DataSource,
  owner: Principal,
  of: string,
  { org, note }: { readonly org: string; readonly note?: string },
): Promise<void> {
  const { registryId, name: actor } = owner;
  const { status, nilReturns } = await submitMonth(source, {
    ...{ registryId, org: orgWithin(owner, org), month: of, actor, note },
  });
  if (nilReturns.length > 0) await recompute(source, registryId);
  const nil = nilReturns.length;
  process.stderr.write(
    status === 'unchanged'
      ? `${org} 的 ${of} 已报送过，此后没有变动。 ${org} has submitted ${of} already; nothing has come since.\n`
      : `${org} 的 ${of} 已报送，零报告 ${nil} 项。 ${org} has submitted ${of}, with ${nil} nil returns.\n`,
  );
}

/** Closes and seals a month, and prints its seals. */
export async function closeByVerb(
  source: DataSource,
  { registryId, name }: Principal,
  of: string,
  { reason = null }: { readonly reason?: string | null },
): Promise<void> {
  const seals = await closeSubmitted(source, registryId, of, name, reason);
  for (const { period, number, hash } of seals) process.stdout.write(`${period}  ${number}  ${hash}\n`);
  process.stderr.write(`${of} 已结账并封存。 ${of} is closed and sealed.\n`);
}

async function reopen(
  source: DataSource,
  { registryId, name }: Principal,
  of: string,
  { reason = '', dryRun }: { readonly reason?: string; readonly dryRun?: boolean },
): Promise<void> {
  const preview = dryRun ? await readReopenPreview(source.manager, registryId, of) : undefined;
  const { months, seals } =
    preview ?? (await source.transaction((manager) => reopenMonths(manager, registryId, of, name, reason)));
  const [zh, en] = dryRun ? ['会重开', 'would open again'] : ['已重开', 'are open again'];
  for (const seal of seals) process.stdout.write(`${seal.period}  ${seal.number}  ${seal.hash}\n`);
  process.stderr.write(
    `${zh} ${months.join('、')}，以上封存不再有效。 ${months.join(', ')} ${en}; these seals stand no more.\n`,
  );
  if (!preview) return;
  const named = (moving: boolean): string =>
    preview.assessments
      .filter(({ moves }) => moves === moving)
      .map(({ title, period, project }) => `${period} ${title.zh}${project && `（${project}）`}`)
      .join('、');
  const [forms, frozen] = [named(true), named(false)];
  process.stderr.write(
    `此后可能变动：${preview.figures} 个已封存的数值，涉及 ${preview.keys.length} 项指标${forms === '' ? '' : `，以及${forms}`}。 ${preview.figures} sealed values of ${preview.keys.length} figures may move.\n`,
  );
  if (frozen === '') return;
  process.stderr.write(
    `已定稿的不会变，但会与届时的数字不同：${frozen}。 What is frozen stays, and may then differ.\n`,
  );
}

function kindOf(kind: string): string {
  return findKind(kind)?.label.zh ?? kind;
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
