import { Logger } from '@nestjs/common';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { pruneAudit } from '../../libs/accounts/prune-audit';
import { startedJob } from '../../libs/accounts/started-job';
import { backupKey } from '../../libs/backup/backup-key';
import { drill, type DrillPlace } from '../../libs/backup/drill';
import { readEnvironment } from '../../libs/config/environment';
import { findRegistries } from '../../libs/indicators/registry.queries';
import { verify, type Verification } from '../../libs/indicators/verify';

/** How the office's database is reached. */
export type OfficeUrls = Pick<DrillPlace, 'databaseUrl' | 'ownerUrl'>;

const ACTOR = 'system';

const logger = new Logger('Verify');
const drillLogger = new Logger('Drill');

/** Recounts a registry's values and its audit log, warns of what it finds, and lets go of acts kept long enough. */
export async function verifyNightly(source: DataSource, registryId: number): Promise<void> {
  const result = await startedJob(
    source,
    { registryId, actor: ACTOR, act: 'values.verify' },
    () => verify(source, registryId),
    ({ checked, drift, audit, seals }) => ({ checked, drift, auditBroken: audit.broken, sealDrift: seals.drift }),
  );
  warnOf(result);
  const { AUDIT_MONTHS } = readEnvironment();
  // What somebody has tampered with stays as it is until that is looked into.
  if (AUDIT_MONTHS !== undefined && result.audit.broken === 0) {
    await pruneAudit(source, registryId, AUDIT_MONTHS, ACTOR);
  }
}

/** A backup, and the proof that it can be restored. Of a demonstration alone there is none. */
export async function drillNightly(source: DataSource, office: OfficeUrls): Promise<void> {
  const registries = await findRegistries(source.manager);
  if (registries.every(({ demonstration }) => demonstration)) return;
  const environment = readEnvironment();
  const secret = async () => {
    const key = await backupKey(environment, true);
    if (key.made) {
      drillLogger.warn(
        `已生成备份密钥 ${key.path}。请另存一份到别处：没有它，备份无法恢复。 The backup key was made. Keep a copy of it elsewhere: without it no backup can be restored.`,
      );
    }
    return key.secret;
  };
  const folder = join(environment.DATA_DIR, 'backups');
  for (const { registryId, problem } of await drill(source, { ...office, folder, secret }, ACTOR)) {
    if (problem) drillLogger.warn(`资料库 ${registryId} 备份演练：${problem.zh} Drill: ${problem.en}`);
  }
}

function warnOf({ registryId, drift, audit, seals }: Verification): void {
  if (drift > 0) {
    logger.warn(
      `资料库 ${registryId} 有 ${drift} 个数值与台账不符。请运行 npm run -s ledger -- verify --format json 查看，再用 rebuild 重算。 ` +
        `${drift} values of registry ${registryId} are not what its ledger gives. See npm run -s ledger -- verify --format json, then rebuild.`,
    );
  }
  if (audit.broken > 0) {
    logger.warn(
      `资料库 ${registryId} 的审计记录有 ${audit.broken} 处被改动或缺失。请运行 npm run -s ledger -- verify --audit 查看。 ` +
        `The audit log of registry ${registryId} was changed, or lacks acts, in ${audit.broken} places. See npm run -s ledger -- verify --audit.`,
    );
  }
  if (seals.drift > 0) {
    logger.warn(
      `资料库 ${registryId} 的月结封存有 ${seals.drift} 处与台账或数值不符。请运行 npm run -s ledger -- verify --seals 查看。 ` +
        `The seals of registry ${registryId} do not hold in ${seals.drift} places. See npm run -s ledger -- verify --seals.`,
    );
  }
}
