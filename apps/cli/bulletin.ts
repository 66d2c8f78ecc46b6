import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { actOf } from '../../libs/accounts/act-of';
import { recordAct } from '../../libs/accounts/audit';
import { orgWithin } from '../../libs/accounts/principal';
import { readBulletin } from '../../libs/reports/bulletin';
import { bulletinDocument } from '../../libs/reports/bulletin-document';
import { bulletinWorkbook } from '../../libs/reports/bulletin-workbook';
import { requireFormat } from './format';
import { theRegistry } from './office';
import type { Run } from './user';

interface BulletinOptions {
  readonly month: string;
  readonly format: string;
  readonly org?: string;
  readonly out?: string;
}

export function addBulletinVerb(program: Command, run: Run): void {
  program
    .command('bulletin')
    .description('写出一个月的月报，一页 A4  write the bulletin of a month, one page of A4')
    .requiredOption('--month <month>', '月份，如 2024-11  which month')
    .option('--format <format>', 'docx | xlsx', 'docx')
    .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
    .option('--out <file>', '写到哪里  where to')
    .action(({ month, format, org: asked, out }: BulletinOptions) =>
      run(async (source, owner) => {
        requireFormat(format, ['docx', 'xlsx']);
        const { registryId, demonstration } = await theRegistry(source);
        const org = orgWithin(owner, asked);
        const bulletin = await readBulletin(source, { registryId, demonstration, org, orgs: owner.orgs, month });
        const path = out ?? `bulletin-${month}.${format}`;
        await writeFile(path, await (format === 'docx' ? bulletinDocument : bulletinWorkbook)(bulletin));
        await recordAct(source.manager, { ...actOf(owner, 'export', `bulletin ${month}`, { format }), org });
        process.stderr.write(`已写出 ${path}。 Written to ${path}.\n`);
      }),
    );
}
