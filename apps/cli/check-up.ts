import type { Command } from 'commander';
import { basename, resolve } from 'node:path';
import { orgWithin } from '../../libs/accounts/principal';
import type { LedgerFigure } from '../../libs/check-up/against-ledger';
import { checkUp } from '../../libs/check-up/check-up';
import type { Finding } from '../../libs/check-up/finding';
import { readLedgerFigures } from '../../libs/check-up/ledger-figures';
import { readReport } from '../../libs/check-up/readers/read-report';
import { requireFormat } from './format';
import { asTable } from './table';
import type { Run } from './user';

interface CheckUpOptions {
  readonly format: string;
  readonly year?: string;
  readonly org?: string;
}

const SEVERITY_WORDS = { error: '错误 error', warning: '提醒 warning' } as const;
const HEAD = ['行 line', '类别 class', '程度 severity', '写的是 found', '应为 expected', '说明 message'];

/** The check-up of a draft report. It needs no database unless it is to be held against the ledger's figures. */
export function addCheckUpVerb(program: Command, run: Run): void {
  program
    .command('check-up <file>')
    .description('报告体检：docx、xlsx、PDF、txt  check the figures of a draft report')
    .option('--format <format>', 'table | json', 'table')
    .option('--year <year>', '并与台账这一年（或期间）的数字核对  also hold it against the figures of this period')
    .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
    .action(async (file: string, options: CheckUpOptions) => {
      requireFormat(options.format, ['table', 'json']);
      const text = await readReport(resolve(file), basename(file));
      if (options.year === undefined && options.org === undefined) return print(text, [], options.format);
      await run(async (source, owner) => {
        const org = orgWithin(owner, options.org);
        const period = options.year ?? String(checkUp(text).document.year ?? '');
        print(text, await readLedgerFigures(source, { registryId: owner.registryId, org, period }), options.format);
      });
    });
}

function print(text: string, figures: readonly LedgerFigure[], format: string): void {
  const { document, findings } = checkUp(text, figures);
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
    return;
  }
  const { numbers } = document;
  if (findings.length > 0) process.stdout.write(asTable(HEAD, findings.map(rowOf)));
  process.stdout.write(
    `共 ${numbers.length} 个数字，${findings.length} 处需要核对。 ${numbers.length} numbers, ${findings.length} findings.\n`,
  );
}

function rowOf({ place, class: code, severity, found, expected, message }: Finding): string[] {
  return [String(place.line), code, SEVERITY_WORDS[severity], found, expected ?? '', message.zh];
}
