import { writeFile } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import { findKind, KINDS } from '../../libs/catalogue/kinds';
import { DomainError } from '../../libs/core/domain-error';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { findFirstDay } from '../../libs/indicators/registry.queries';
import { templateWorkbook } from '../../libs/intake/template-workbook';
import { theRegistry } from './office';
import { asTable } from './table';

/**
 * Writes a workbook to fill in with entries of one kind; without a kind, prints which there are.
 *
 * @throws {DomainError} when there is no such kind, or a file lies there already
 */
export async function writeTemplate(
  source: DataSource,
  code: string | undefined,
  { to }: { readonly to?: string },
): Promise<void> {
  if (code === undefined) {
    process.stdout.write(
      asTable(
        ['种类 kind', '名称', 'name', '单位'],
        KINDS.map((kind) => [kind.code, kind.label.zh, kind.label.en, kind.unit]),
      ),
    );
    return;
  }
  const kind = findKind(code) ?? KINDS.find(({ label }) => label.zh === code);
  if (!kind) {
    throw new DomainError('kind_unknown', {
      zh: `没有登记种类“${code}”。不带种类运行 ledger template 可看到全部种类。`,
      en: `There is no kind of entry "${code}". Run ledger template without one to see them all.`,
    });
  }
  const { registryId } = await theRegistry(source);
  const path = to ?? `${kind.label.zh.replace(/[\\/:*?"<>|]/g, ' ')}-模板.xlsx`;
  const [orgs, firstDay] = [await findOrgs(source.manager, registryId), await findFirstDay(source.manager, registryId)];
  await writeFile(path, await templateWorkbook(kind, orgs, firstDay), { flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      throw new DomainError('file_exists', {
        zh: `${path} 已经存在，没有覆盖。请用 --to 另写一个文件名。`,
        en: `${path} exists already and was left as it is. Give another name with --to.`,
      });
    },
  );
  process.stderr.write(`已写出 ${path}。填好后运行 ledger import ${path}。 Fill it in, then import it.\n`);
}
