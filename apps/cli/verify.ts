import type { DataSource } from 'typeorm';
import { startedJob } from '../../libs/accounts/started-job';
import { verifyAudit, type ChainCheck, type ChainPoint } from '../../libs/accounts/verify-audit';
import { DomainError } from '../../libs/core/domain-error';
import { recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import type { SealFinding } from '../../libs/indicators/seal-finding';
import { verifySealsNow, type SealCheck } from '../../libs/indicators/verify-seals';
import { requireFormat } from './format';
import { theRegistry } from './office';

export interface VerifyOptions {
  readonly format: string;
  /** The audit log alone. */
  readonly audit?: boolean;
  /** The seals alone. */
  readonly seals?: boolean;
  /** A point of the audit log, or of the seals, noted before, `seq:hash`. */
  readonly known?: string;
}

/** Recounts, prints what was found, and makes the program end with 1 when something was. */
export async function verifyOffice(source: DataSource, options: VerifyOptions): Promise<void> {
  requireFormat(options.format, ['table', 'json']);
  const known = options.known === undefined ? [] : [readPoint(options.known)];
  const { registryId } = await theRegistry(source);
  const print = (result: object, lines: readonly string[]) =>
    process.stdout.write(options.format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : lines.join(''));

  if (options.audit) {
    const chain = await verifyAudit(source.manager, registryId, known);
    print(chain, linesOf(chain));
    if (chain.broken > 0) process.exitCode = 1;
    return;
  }
  if (options.seals) {
    const check = await verifySealsNow(source, registryId, known);
    print(check, sealLinesOf(check));
    if (check.drift > 0) process.exitCode = 1;
    return;
  }
  const result = await startedJob(
    source,
    { registryId, actor: 'cli', act: 'values.verify' },
    async () => {
      await recompute(source, registryId);
      return verify(source, registryId);
    },
    ({ checked, drift, audit, seals }) => ({ checked, drift, auditBroken: audit.broken, sealDrift: seals.drift }),
  );
  const { checked, drift, audit, seals } = result;
  print(result, [
    `复核 ${checked} 个数值，不符 ${drift} 个。 ${checked} values checked, ${drift} drifted.\n`,
    ...(audit.broken > 0 ? linesOf(audit) : []),
    ...(seals.drift > 0 ? sealLinesOf(seals) : []),
  ]);
  if (drift > 0 || audit.broken > 0 || seals.drift > 0) process.exitCode = 1;
}

const PROBLEMS: Readonly<Record<ChainCheck['findings'][number]['problem'], string>> = {
  changed: '被改动，或与前一条接不上 was changed, or does not follow the one before',
  missing: '缺失 missing',
  added: '不是由系统写入的 was not written by the program',
  rewritten: '与此前记下的指纹不同 has another hash than was noted before',
  'left over': '属于已清理的部分却仍在 belongs to a part that was pruned',
};

function linesOf({ checked, broken, findings, seq, hash }: ChainCheck): string[] {
  return [
    `复核 ${checked} 条审计记录，发现问题 ${broken} 处。 ${checked} acts checked, ${broken} findings.\n`,
    ...findings.map(({ seq: first, through, problem }) => {
      const which = first === through ? `${first}` : `${first}–${through}`;
      return `  第 ${which} 条 act ${which}: ${PROBLEMS[problem]}\n`;
    }),
    ...(hash === '' ? [] : [`末条指纹，可抄存备查 last hash, to be noted elsewhere: ${seq}:${hash}\n`]),
  ];
}

const SEAL_PROBLEMS: Readonly<Record<SealFinding['problem'], string>> = {
  missing: '封存缺失 the seal is missing',
  added: '没有对应的结账 nothing was closed for it',
  broken: '与前一条接不上 does not follow the one before',
  changed: '封存本身被改动 the seal was changed',
  rewritten: '与此前记下的指纹不同 has another hash than was noted before',
  entries: '当月登记与封存时不同 the entries of the month are others',
  figures: '封存的数值被改动 the stored values were changed',
  value: '现在的数值与封存时不同 a value of today is another',
  history: '结账、重开的记录被改动 what is kept of closing and reopening it was changed',
};

function sealLinesOf({ checked, drift, findings, seq, hash }: SealCheck): string[] {
  return [
    `复核 ${checked} 个封存，不符 ${drift} 处。 ${checked} seals checked, ${drift} findings.\n`,
    ...findings.map(({ period, number, problem, value }) => {
      const which = period === null ? '' : ` ${period} #${number}`;
      const where = value ? ` ${value.org} ${value.key}${value.own ? ' 本级' : ''}` : '';
      return ` ${which}${where}: ${SEAL_PROBLEMS[problem]}\n`;
    }),
    ...(hash === '' ? [] : [`末个封存指纹，可抄存备查 last seal, to be noted elsewhere: ${seq}:${hash}\n`]),
  ];
}

function readPoint(text: string): ChainPoint {
  const [, seq, hash] = /^(\d{1,18}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (seq !== undefined && hash !== undefined) return { seq, hash: hash.toLowerCase() };
  throw new DomainError('point_not_readable', {
    zh: `--known 应照抄此前打印的“序号:指纹”，而不是“${text}”。`,
    en: `--known takes "number:hash" as printed before, not "${text}".`,
  });
}
