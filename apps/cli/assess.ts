import type { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { actOf } from '../../libs/accounts/act-of';
import { recordAct } from '../../libs/accounts/audit';
import { orgWithin } from '../../libs/accounts/principal';
import { DomainError } from '../../libs/core/domain-error';
import { openAssessmentFile } from '../../libs/reports/assessment-file';
import { openAssessment } from '../../libs/self-assessment/read-assessment';
import type { FileKind } from '../../libs/self-assessment/record';
import { requireFormat } from './format';
import type { Run } from './user';

interface AssessOptions {
  readonly year: string;
  readonly half?: boolean;
  readonly form: string;
  readonly org?: string;
  readonly project?: string;
  readonly format: string;
  readonly line?: string;
  readonly out?: string;
}

const KINDS: Readonly<Record<string, FileKind>> = {
  xlsx: 'form.xlsx',
  docx: 'report.docx',
  json: 'data.json',
  zip: 'evidence.zip',
};

export function addAssessVerb(program: Command, run: Run): void {
  program
    .command('assess')
    .description('写出自评表、报告、数据或佐证材料  write a self-assessment: form, report, data or evidence')
    .requiredOption('--year <year>', '年度，如 2024  which year')
    .option('--half', '上半年监控  the monitoring of its first half')
    .requiredOption('--form <code>', '表式，如 hunan  which form')
    .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
    .option('--project <name>', '项目支出的项目名称  the project, of a form of projects')
    .option('--format <format>', 'xlsx | docx | json | zip', 'xlsx')
    .option('--line <code>', '只要一个指标的佐证材料  the evidence of one line, as zip')
    .option('--out <file>', '写到哪里  where to')
    .action(({ year, half, form, org: asked, project, format, line, out }: AssessOptions) =>
      run(async (source, owner) => {
        requireFormat(format, Object.keys(KINDS));
        const kind = KINDS[format]!;
        const period = half && !year.endsWith('-H1') ? `${year}-H1` : year;
        const { registryId } = owner;
        const opened = await openAssessment(source, {
          registryId,
          org: orgWithin(owner, asked),
          form,
          period,
          project,
        });
        const { body } = await openAssessmentFile(source, owner, opened, { kind, line });
        const path = out ?? `${[form, period, ...(line === undefined ? [] : [line])].join('-')}.${format}`;
        const { org, revision } = opened.address;
        const detail = { format, org, revision, ...(project && { project }), ...(line && { line }) };
        await recordAct(source.manager, { ...actOf(owner, 'export', `assessment ${form} ${period}`, detail), org });
        await pipeline(body, createWriteStream(path, { flags: 'wx' })).catch(async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') await rm(path, { force: true });
          throw notWritten(path, error);
        });
        process.stderr.write(`已写出 ${path}。 Written to ${path}.\n`);
      }),
    );
}

function notWritten(path: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EEXIST') {
    return new DomainError('file_exists', {
      zh: `${path} 已经存在，没有覆盖。请用 --out 另写一个文件名。`,
      en: `${path} exists already and was left as it is. Give another name with --out.`,
    });
  }
  if (error.code === undefined) return error;
  return new DomainError('file_not_writable', {
    zh: `${path} 写不进去（${error.code}）。请检查文件夹是否存在、能否写入。`,
    en: `${path} cannot be written (${error.code}). See whether its folder is there and may be written to.`,
  });
}
