import type { Command } from 'commander';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { actOf } from '../../libs/accounts/act-of';
import { recordAct } from '../../libs/accounts/audit';
import { orgWithin } from '../../libs/accounts/principal';
import { DomainError } from '../../libs/core/domain-error';
import { addEvidence, EVIDENCE_BYTES_AT_MOST, evidenceTooLarge, readEvidence } from '../../libs/ledger/evidence';
import type { Run } from './user';

export function addEvidenceVerbs(program: Command, run: Run): void {
  const evidence = program.command('evidence').description('佐证文件  files that reported values refer to');
  evidence
    .command('add <file>')
    .description('存入佐证文件，打印它的编号  keep a file and print its code')
    .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
    .action((file: string, { org }: { org?: string }) =>
      run(async (source, owner) => {
        const kept = { org: orgWithin(owner, org), name: basename(file), bytes: await bytesOf(file) };
        process.stdout.write(`${(await addEvidence(source, owner, kept)).code}\n`);
      }),
    );
  evidence
    .command('get <code>')
    .description('取出佐证文件  write a file out again')
    .option('--to <file>', '写到哪里，缺省为原文件名  where to, its own name unless said')
    .action((code: string, { to }: { to?: string }) =>
      run(async (source, owner) => {
        const { name, bytes, org } = await readEvidence(source.manager, owner, code);
        await recordAct(source.manager, { ...actOf(owner, 'export', `evidence ${code}`), org });
        const path = to ?? basename(name);
        await write(path, bytes);
        process.stderr.write(`已写出 ${path}。 Written to ${path}.\n`);
      }),
    );
}

async function bytesOf(file: string): Promise<Buffer> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new DomainError('file_not_found', { zh: `找不到文件 ${file}。`, en: `There is no file ${file}.` });
  }
  if (found.size > EVIDENCE_BYTES_AT_MOST) throw evidenceTooLarge();
  return readFile(file);
}

async function write(path: string, bytes: Buffer): Promise<void> {
  await writeFile(path, bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new DomainError('file_exists', {
      zh: `${path} 已经存在，没有覆盖。请用 --to 另写一个文件名。`,
      en: `${path} exists already and was left as it is. Give another name with --to.`,
    });
  });
}
