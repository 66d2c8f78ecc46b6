import { isDeepStrictEqual } from 'node:util';
import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import { compareFilled } from '../assessment/compare-filled';
import type { FilledForm } from '../assessment/filled-form';
import { DomainError } from '../core/domain-error';
import { parsePeriod } from '../core/period';
import { DEFINITIONS_HASH } from '../indicators/definitions-hash';
import { lockRegistry } from '../ledger/append.queries';
import { findFirstMonths } from '../ledger/months.queries';
import { findPlace, type AssessmentAddress } from './address';
import { tellOfFrozen } from './assessment-notice';
import { updateAssessment } from './assessments.queries';
import { requireNothingDue } from './due';
import { insertFile } from './files.queries';
import { findRules } from './find-rules';
import { fillNow, openAssessment, type OpenedAssessment } from './read-assessment';
import type { FileKind, SealView } from './record';
import { findStep, insertStep } from './steps.queries';
import { requireNoMaker, sealsOf } from './steps';
import { findTyped } from './typed.queries';
import { requireSeen, requireSeenFigures, type Seen } from './seen';
import { lockRecord, requireState } from './write-record';

export interface MadeFile {
  readonly kind: FileKind;
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Makes what is handed in of an assessment that is about to be frozen: the same assessment and moment give the same
 * bytes. It is called outside of any lock.
 *
 * @param opened as it will be once it is frozen
 */
export type MakeFiles = (opened: OpenedAssessment, frozenAt: Date) => Promise<readonly MadeFile[]>;

const TRIES = 3;

/**
 * Freezes an approved assessment, when all months of its period are closed (R21): values, definitions, rule pack,
 * seals and files are kept, and nobody changes them. No month can be opened again between looking and freezing.
 *
 * @param seen what the caller had before them
 * @throws {DomainError} when it is not approved, was written since, a month is open, figures moved since approval or
 *   since the caller looked, or the caller typed it
 */
export async function freezeAssessment(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  seen: Seen,
  makeFiles: MakeFiles,
): Promise<OpenedAssessment> {
  const latest = { ...address, revision: undefined };
  for (let tried = 1; ; tried += 1) {
    const frozenAt = new Date();
    const opened = await openAssessment(source, latest);
    requireState(opened.record, 'approved');
    const { manager } = source;
    await requireClosed(manager, opened.address.registryId, opened.address.period);
    const made = asFrozen(opened, principal, frozenAt, await sealsOf(manager, opened.address));
    const files = await makeFiles(made, frozenAt);
    const done = await source.transaction('READ COMMITTED', (within) =>
      freezeWithin(within, { principal, address: latest, seen, made, files, frozenAt }),
    );
    if (done) return openAssessment(source, latest);
    if (tried === TRIES) throw moving();
  }
}

interface Freezing {
  readonly principal: Principal;
  readonly address: AssessmentAddress;
  readonly seen: Seen;
  readonly made: OpenedAssessment;
  readonly files: readonly MadeFile[];
  readonly frozenAt: Date;
}

/** @returns false, and does nothing, when what the files were made of is not what stands under the lock */
async function freezeWithin(
  manager: EntityManager,
  { principal, address, seen, made, files, frozenAt }: Freezing,
): Promise<boolean> {
  const { registryId } = address;
  // Keeps closers and openers of months waiting until commit.
  await lockRegistry(manager, registryId);
  const found = await findPlace(manager, address);
  const row = await lockRecord(manager, principal, found, seen.version);
  requireState(row, 'approved');
  requireSeen(row, seen);
  await requireNoMaker(manager, principal, row);
  await requireClosed(manager, registryId, row.period);
  const { rules } = await findRules(manager, registryId, row.pack, row.packVersion);
  const filled = await fillNow(manager, found, rules, await findTyped(manager, row));
  const seals = await sealsOf(manager, row);
  if (!isDeepStrictEqual([filled, seals], [made.filled, made.record.seals])) return false;
  requireNothingDue(filled);
  const approved = await findStep(manager, row, null);
  if (approved) requireUnmoved(approved.filled, filled);
  requireSeenFigures(made, seen);
  const step = { to: 'frozen', note: null, actor: principal.name, at: frozenAt } as const;
  await insertStep(manager, row, step, { filled, rules, definitions: DEFINITIONS_HASH, seals });
  for (const file of files) await insertFile(manager, row, file);
  await updateAssessment(manager, row, { state: 'frozen' });
  if (files.some(({ kind }) => kind === 'data.json')) await tellOfFrozen(manager, registryId, row);
  const detail = { org: row.org, project: row.project, revision: row.revision, seals };
  await recordAct(manager, actOf(principal, 'assessment.freeze', `${row.form} ${row.period}`, detail));
  return true;
}

async function requireClosed(manager: EntityManager, registryId: number, period: string): Promise<void> {
  const { lastMonth } = parsePeriod(period);
  const { firstOpen } = await findFirstMonths(manager, registryId);
  if (firstOpen > lastMonth) return;
  throw new DomainError(
    'assessment_months_open',
    {
      zh: `${firstOpen} 还没有结账，${period} 的自评表不能定稿。请先结账到 ${lastMonth}。`,
      en: `${firstOpen} is open: the assessment of ${period} cannot be frozen before all months up to ${lastMonth} are closed.`,
    },
    { month: firstOpen },
  );
}

function requireUnmoved(approved: FilledForm, now: FilledForm): void {
  const differences = compareFilled(approved, now);
  if (differences.length === 0) return;
  const names = [...new Set(differences.map(({ name }) => `“${name}”`))].join('、');
  throw new DomainError(
    'assessment_moved',
    {
      zh: `批准之后这些内容变了：${names}。请退回，重新审核、批准后再定稿。`,
      en: `Since it was approved these have moved: ${names}. Return it, and have it reviewed and approved anew.`,
    },
    { differences },
  );
}

function asFrozen(
  { record, ...opened }: OpenedAssessment,
  { name: actor }: Principal,
  at: Date,
  seals: readonly SealView[],
): OpenedAssessment {
  const number = (record.steps.at(-1)?.number ?? 0) + 1;
  const step = { number, from: record.state, to: 'frozen', note: null, actor, at } as const;
  const frozen = { state: 'frozen', version: record.version + 1, steps: [...record.steps, step], seals } as const;
  return { ...opened, record: { ...record, ...frozen }, differences: [] };
}

function moving(): DomainError {
  return new DomainError(
    'assessment_moving',
    {
      zh: '数据正在变动，这次没有定稿。请稍候再试。',
      en: 'Figures are being computed: nothing was frozen. Try again in a moment.',
    },
    { retryAfter: 5 },
  );
}
