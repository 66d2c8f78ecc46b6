import { DataSource, type DataSourceOptions } from 'typeorm';
import { types } from 'pg';
import { CreateLedger1763769600000 } from '../../migrations/1763769600000-create-ledger';
import { CreateDerivedValues1763769700000 } from '../../migrations/1763769700000-create-derived-values';
import { GrantApplicationRights1763769800000 } from '../../migrations/1763769800000-grant-application-rights';
import { CreateAccounts1763769900000 } from '../../migrations/1763769900000-create-accounts';
import { CreateAudit1763770000000 } from '../../migrations/1763770000000-create-audit';
import { PostEntriesAsASet1763770100000 } from '../../migrations/1763770100000-post-entries-as-a-set';
import { CreateSignOn1763770500000 } from '../../migrations/1763770500000-create-sign-on';
import { KeepGapsOfImports1763770600000 } from '../../migrations/1763770600000-keep-gaps-of-imports';
import { FindEntriesByPosition1763770700000 } from '../../migrations/1763770700000-find-entries-by-position';
import { CountTriesOfImports1763770800000 } from '../../migrations/1763770800000-count-tries-of-imports';
import { ComputeByDefinitions1763770900000 } from '../../migrations/1763770900000-compute-by-definitions';
import { TellWritersOfClosedOrgs1763771200000 } from '../../migrations/1763771200000-tell-writers-of-closed-orgs';
import { FindEntriesByDay1763780600000 } from '../../migrations/1763780600000-find-entries-by-day';
import { KeepTargetsHistory1763780700000 } from '../../migrations/1763780700000-keep-targets-history';
import { CreateQualityFindings1763780800000 } from '../../migrations/1763780800000-create-quality-findings';
import { SealWhatWasChosen1763780950000 } from '../../migrations/1763780950000-seal-what-was-chosen';
import { KeepOrgsHistory1763781200000 } from '../../migrations/1763781200000-keep-orgs-history';
import { TellOfAssessmentsAndMonths1763781600000 } from '../../migrations/1763781600000-tell-of-assessments-and-months';
import { FreezeWithContent1763781800000 } from '../../migrations/1763781800000-freeze-with-content';
import { CreateAssessments1763781400000 } from '../../migrations/1763781400000-create-assessments';
import { CreateEvidence1763771000000 } from '../../migrations/1763771000000-create-evidence';
import { KeepSheetsOfImports1763771100000 } from '../../migrations/1763771100000-keep-sheets-of-imports';
import { CreateSeals1763780200000 } from '../../migrations/1763780200000-create-seals';
import { ChooseSettings1763780100000 } from '../../migrations/1763780100000-choose-settings';
import {
  AccessToken,
  Account,
  AccountSecret,
  RecoveryCode,
  Session,
  SetupLink,
  SignInAttempt,
  SignOnAttempt,
} from './account.entity';
import { AuditAct, AuditCheckpoint, AuditHead } from './audit.entity';
import { BackupDrill } from './backup-drill.entity';
import { CreateImports1763770300000 } from '../../migrations/1763770300000-create-imports';
import { CreateDeliveries1763770400000 } from '../../migrations/1763770400000-create-deliveries';
import { Delivery, Subscription } from './delivery.entity';
import { EvidenceFile } from './evidence.entity';
import { Import, ImportEntry, ImportFile, ImportRow, ImportSource, ImportStep } from './import.entity';
import { IndicatorValue, MetricValue, MonthlyTally, RecomputeHead, Target, Verification } from './derived.entity';
import { Entry, EntryNote, LedgerWrite, MonthEvent, RecomputeMark, RegistryHead } from './ledger.entity';
import { Org, OrgHistory } from './org.entity';
import { CreateSubmissions1763780300000 } from '../../migrations/1763780300000-create-submissions';
import { Submission } from './submission.entity';
import {
  Assessment,
  AssessmentComment,
  AssessmentFile,
  AssessmentStep,
  AssessmentTyped,
  OfficeRulePack,
  ReportTemplate,
} from './assessment.entity';
import { QualityEvent, QualityFinding, QualityRun } from './quality.entity';
import { Registry } from './registry.entity';
import { Setting } from './setting.entity';
import { Seal, SealedValue } from './seal.entity';

// A `date` has no time and no zone: as text it cannot move to the day before.
types.setTypeParser(types.builtins.DATE, (text) => text);

/** The role that the program works as, whatever login it came in by: it can read the ledger and add to it. */
export const APPLICATION_ROLE = 'marrow_app';

const SCHEMA = {
  type: 'postgres',
  entities: [
    Registry,
    Org,
    OrgHistory,
    RegistryHead,
    LedgerWrite,
    Entry,
    EntryNote,
    MonthEvent,
    RecomputeMark,
    MonthlyTally,
    MetricValue,
    IndicatorValue,
    RecomputeHead,
    Target,
    Verification,
    Seal,
    SealedValue,
    Account,
    AccountSecret,
    RecoveryCode,
    Session,
    AccessToken,
    SignInAttempt,
    SetupLink,
    SignOnAttempt,
    AuditHead,
    AuditAct,
    AuditCheckpoint,
    BackupDrill,
    ImportSource,
    Import,
    ImportFile,
    ImportRow,
    ImportStep,
    ImportEntry,
    Subscription,
    Delivery,
    EvidenceFile,
    QualityFinding,
    QualityEvent,
    QualityRun,
    Setting,
    Submission,
    Assessment,
    AssessmentTyped,
    AssessmentStep,
    AssessmentComment,
    AssessmentFile,
    OfficeRulePack,
    ReportTemplate,
  ],
  migrations: [
    CreateLedger1763769600000,
    CreateDerivedValues1763769700000,
    GrantApplicationRights1763769800000,
    CreateAccounts1763769900000,
    CreateAudit1763770000000,
    PostEntriesAsASet1763770100000,
    CreateImports1763770300000,
    CreateDeliveries1763770400000,
    CreateSignOn1763770500000,
    KeepGapsOfImports1763770600000,
    FindEntriesByPosition1763770700000,
    CountTriesOfImports1763770800000,
    ComputeByDefinitions1763770900000,
    CreateEvidence1763771000000,
    KeepSheetsOfImports1763771100000,
    TellWritersOfClosedOrgs1763771200000,
    ChooseSettings1763780100000,
    CreateSeals1763780200000,
    FindEntriesByDay1763780600000,
    CreateSubmissions1763780300000,
    KeepTargetsHistory1763780700000,
    CreateQualityFindings1763780800000,
    SealWhatWasChosen1763780950000,
    KeepOrgsHistory1763781200000,
    CreateAssessments1763781400000,
    TellOfAssessmentsAndMonths1763781600000,
    FreezeWithContent1763781800000,
  ],
  migrationsTransactionMode: 'all',
  synchronize: false,
} as const satisfies DataSourceOptions;

/** The program's own connections: always in the application's role. */
export function applicationDataSource(url: string, connections = 10): DataSource {
  return new DataSource({
    ...SCHEMA,
    url,
    poolSize: connections,
    applicationName: 'marrow-ledger',
    extra: {
      // What need not wait for an answer is sent behind what does.
      pipeline: true,
      options: `-c role=${APPLICATION_ROLE} -c timezone=Asia/Shanghai -c jit=off -c default_transaction_isolation=read\\ committed`,
    },
  });
}

/** The names of all migrations of this version of the program. */
export function knownMigrations(): string[] {
  return SCHEMA.migrations.map(({ name }) => name);
}

/**
 * The owner's connection: migrations only.
 *
 * @param only the names of the migrations to run; all unless said
 */
export function ownerDataSource(url: string, only: readonly string[] = knownMigrations()): DataSource {
  const migrations = SCHEMA.migrations.filter(({ name }) => only.includes(name));
  return new DataSource({ ...SCHEMA, migrations, url, poolSize: 2, applicationName: 'marrow-ledger migrate' });
}
