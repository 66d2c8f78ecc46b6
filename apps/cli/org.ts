import type { Command } from 'commander';
import { addOrg, changeOrg, ORG_LEVELS } from '../../libs/accounts/orgs';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { asTable } from './table';
import type { Run } from './user';

const HEAD = ['机构', '上级', '类别', '名称', '英文名称', '撤销日期'];

interface Names {
  readonly name?: string;
  readonly nameEn?: string;
}

/** The registry's orgs: which there are, a further one, its name, its end. */
export function addOrgVerbs(program: Command, run: Run): void {
  const org = program.command('org').description('机构  orgs');
  org
    .command('list')
    .description('列出机构  list the orgs')
    .action(() =>
      run(async (source, owner) => {
        const rows = (await findOrgs(source.manager, owner.registryId)).map((one) => [
          one.org,
          one.parent ?? '',
          one.level,
          one.nameZh,
          one.nameEn,
          one.closedOn ?? '',
        ]);
        process.stdout.write(asTable(HEAD, rows));
      }),
    );
  org
    .command('add <code>')
    .description('新增下级机构  add an org')
    .requiredOption('--name <text>', '中文名称  its name')
    .requiredOption('--level <level>', ORG_LEVELS.join(' | '))
    .option('--name-en <text>', '英文名称，缺省同中文  its English name')
    .option('--parent <code>', '上级机构，缺省为资料库  the org above it, the registry unless said')
    .action((code: string, { name, nameEn, level, parent }: Names & { level: string; parent?: string }) =>
      run(async (source, owner) => {
        const input = { code, parent, level, nameZh: name, nameEn };
        await source.transaction((manager) => addOrg(manager, owner, input));
        process.stderr.write(`已新增机构 ${code}。 The org ${code} is there.\n`);
      }),
    );
  org
    .command('change <code>')
    .description('改名、撤销或恢复机构  rename, close or open an org')
    .option('--name <text>', '中文名称  its name')
    .option('--name-en <text>', '英文名称  its English name')
    .option('--closed-on <date>', '撤销日期，如 2024-05-31；none 为恢复  the day it closes on; none opens it again')
    .action((code: string, { name, nameEn, closedOn }: Names & { closedOn?: string }) =>
      run(async (source, owner) => {
        const change = { nameZh: name, nameEn, closedOn: closedOn === 'none' ? null : closedOn };
        await source.transaction((manager) => changeOrg(manager, owner, code, change));
        process.stderr.write(`已更改机构 ${code}。 The org ${code} is changed.\n`);
      }),
    );
}
