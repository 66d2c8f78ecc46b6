import type { Command } from 'commander';
import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../../libs/accounts/act-of';
import { recordAct } from '../../libs/accounts/audit';
import { orgWithin, type Principal } from '../../libs/accounts/principal';
import { findQualityRule, QUALITY_RULES } from '../../libs/catalogue/quality-rules';
import { DomainError } from '../../libs/core/domain-error';
import { FINDING_STATES, listFindings, type FindingView } from '../../libs/quality/findings';
import type { FindingState } from '../../libs/quality/findings.queries';
import { runQuality } from '../../libs/quality/run';
import { requireFormat } from './format';
import { asCsv, asTable } from './table';
import type { Run } from './user';

export interface QualityOptions {
  readonly org?: string;
  readonly state: string;
  readonly rule?: string;
  readonly format: string;
}

const FINDING_HEAD = ['月份 month', '机构 org', '规则 rule', '问题 what', '状态 state', '负责人 owner'];
const RULE_HEAD = ['代码 code', '名称', '程度 severity', '怎么办 what to do'];

export function addQualityVerbs(program: Command, run: Run): void {
  const quality = program.command('quality').description('数据质量  data quality');
  quality
    .command('list')
    .description('列出数据质量问题  list what the rules found')
    .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
    .option('--state <state>', [...FINDING_STATES, 'all'].join(' | '), 'open')
    .option('--rule <code>', '只看一条规则  of one rule')
    .option('--format <format>', 'table | json | csv', 'table')
    .action((options: QualityOptions) =>
      run(async (source, owner) => {
        process.stdout.write(await printFindings(source, owner, options));
      }),
    );
  quality
    .command('run')
    .description('立即检查  let all rules look now')
    .action(() =>
      run(async (source, { registryId, name }) => {
        const { found, opened, reopened, gone } = await runQuality(source, registryId, { actor: name });
        process.stdout.write(
          `现有问题 ${found} 个：新增 ${opened}，重现 ${reopened}，已消失 ${gone}。 ${found} findings: ${opened} new, ${reopened} back, ${gone} gone.\n`,
        );
      }),
    );
  quality
    .command('rules')
    .description('列出规则  list the rules')
    .action(() =>
      run(async () => {
        const rows = QUALITY_RULES.map(({ code, label, severity, task }) => [code, label.zh, severity, task.zh]);
        process.stdout.write(asTable(RULE_HEAD, rows));
      }),
    );
}

async function printFindings(
  source: DataSource,
  owner: Principal,
  { org, state, rule, format }: QualityOptions,
): Promise<string> {
  requireFormat(format, ['table', 'json', 'csv']);
  const scope = { registryId: owner.registryId, org: orgWithin(owner, org) };
  const findings = await everyFinding(source.manager, scope, { state: stateOf(state), rule });
  // It shows codes of donors.
  await recordAct(source.manager, actOf(owner, 'findings.list', rule ?? null, { ...scope, rows: findings.length }));
  if (format === 'json') return `${JSON.stringify(findings, null, 2)}\n`;
  if (format === 'csv') {
    return asCsv(
      findings.map(({ sentence, detail, ...finding }) => ({
        ...finding,
        firstSeenAt: finding.firstSeenAt.toISOString(),
        lastSeenAt: finding.lastSeenAt.toISOString(),
        sentence: sentence.zh,
      })),
    );
  }
  if (findings.length === 0) return '没有数据质量问题。 There are no findings.\n';
  return asTable(
    FINDING_HEAD,
    findings.map((one) => [
      one.period,
      one.org,
      findQualityRule(one.rule)?.label.zh ?? one.rule,
      one.sentence.zh,
      one.state,
      one.owner ?? '',
    ]),
  );
}

function stateOf(text: string): FindingState | undefined {
  if (text === 'all') return undefined;
  const state = FINDING_STATES.find((one) => one === text);
  if (state) return state;
  const known = [...FINDING_STATES, 'all'];
  throw new DomainError(
    'state_unknown',
    { zh: `--state 应是 ${known.join('、')} 之一。`, en: `--state is one of ${known.join(', ')}.` },
    { field: 'state' },
  );
}

async function everyFinding(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  of: { readonly state?: FindingState; readonly rule?: string },
): Promise<FindingView[]> {
  const all: FindingView[] = [];
  let after: string | undefined;
  do {
    const page = await listFindings(manager, scope, { ...of, after, limit: 1_000 });
    all.push(...page.findings);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return all;
}
