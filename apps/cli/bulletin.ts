import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { actOf } from '../../libs/accounts/act-of';
import { recordAct } from '../../libs/accounts/audit';
import { orgWithin } from '../../libs/accounts/principal';
import { DomainError } from '../../libs/core/domain-error';
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
        const bulletin = await readBulletin(source, { registryId, demonstration, org, month });
        const path = out ?? `bulletin-${month}.${format}`;
        await recordAct(source.manager, { ...actOf(owner, 'export', `bulletin ${month}`, { format }), org });
        await write(path, await (format === 'docx' ? bulletinDocument : bulletinWorkbook)(bulletin));
        process.stderr.write(`已写出 ${path}。 Written to ${path}.\n`);
      }),
    );
}

async function write(path: string, bytes: Buffer): Promise<void> {
  await writeFile(path, bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') {
      throw new DomainError('file_exists', {
        zh: `${path} 已经存在，没有覆盖。请用 --out 另写一个文件名。`,
        en: `${path} exists already and was left as it is. Give another name with --out.`,
      });
    }
    throw new DomainError('file_not_writable', {
      zh: `${path} 写不进去（${error.code}）。请检查文件夹是否存在、能否写入。`,
      en: `${path} cannot be written (${error.code}). See whether its folder is there and may be written to.`,
    });
  });
}
