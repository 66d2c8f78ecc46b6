import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import { DomainError } from '../core/domain-error';
import { parsePeriod } from '../core/period';
import { DEFINITIONS_HASH } from '../indicators/definitions-hash';
import { checkFreeText } from '../ledger/entry-fields';
import { listSeals } from '../ledger/seals';
import { findPlace, type AssessmentAddress, type AssessmentPlace } from './address';
import { updateAssessment, type AssessmentRow } from './assessments.queries';
import { requireNothingDue } from './due';
import { findRules } from './find-rules';
import { openAssessment, type OpenedAssessment } from './read-assessment';
import type { AssessmentState, SealView } from './record';
import { insertStep } from './steps.queries';
import { findMakers } from './typed.queries';
import { requireSeen, requireSeenFigures, type Seen } from './seen';
import { lockRecord, requireState } from './write-record';

/** The steps that are made here; freezing is `freezeAssessment`. */
export type Step = 'reviewed' | 'approved' | 'draft';

const FROM: Readonly<Record<Step, readonly AssessmentState[]>> = {
  reviewed: ['draft'],
  approved: ['reviewed'],
  draft: ['reviewed', 'approved'],
};
const ACTS: Readonly<Record<Step, string>> = {
  reviewed: 'assessment.review',
  approved: 'assessment.approve',
  draft: 'assessment.return',
};

/**
 * Reviews an assessment, approves it, or returns it to be a draft. What it was is kept with the step.
 *
 * @param step.seen what the caller had before them: they answer for those figures and no others
 * @throws {DomainError} when it is not its turn, was written since, figures moved since, it lacks a cause or a reason,
 *   or the caller typed it
 */
export async function takeStep(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  step: { readonly to: Step; readonly note: string | null; readonly seen: Seen },
): Promise<OpenedAssessment> {
  const latest = { ...address, revision: undefined };
  const { to, seen } = step;
  const note = checkFreeText(step.note?.trim() || null, 'note');
  if (to === 'draft' && note === null) throw noteMissing();
  const opened = await openAssessment(source, latest);
  await source.transaction('READ COMMITTED', async (manager) => {
    const row = await lockRecord(manager, principal, await findPlace(manager, latest), seen.version);
    requireState(row, ...FROM[to]);
    requireSeen(row, seen);
    // What was looked at is what stands: nobody has written since, or the versions would differ.
    requireSeen(row, opened.record);
    requireSeenFigures(opened, seen);
    if (to !== 'draft') {
      await requireNoMaker(manager, principal, row);
      requireNothingDue(opened.filled);
    }
    const { rules } = await findRules(manager, row.registryId, row.pack, row.packVersion);
    const seals = await sealsOf(manager, row);
    const content = { filled: opened.filled, rules, definitions: DEFINITIONS_HASH, seals };
    await insertStep(manager, row, { to, note, actor: principal.name, at: new Date() }, content);
    await updateAssessment(manager, row, { state: to });
    const detail = { org: row.org, project: row.project, revision: row.revision, note };
    await recordAct(manager, actOf(principal, ACTS[to], `${row.form} ${row.period}`, detail));
  });
  return openAssessment(source, latest);
}

/** Who typed into a revision judges it in no way: not by a token, and not at the machine either. */
export async function requireNoMaker(
  manager: EntityManager,
  { name, accountId }: Principal,
  row: AssessmentRow,
): Promise<void> {
  const makers = await findMakers(manager, row);
  if (!makers.some((maker) => maker.name === name || (accountId !== null && maker.account === accountId))) return;
  throw new DomainError('maker_is_checker', {
    zh: '您填写过这份自评表，不能再由您审核、批准或定稿，请换一个人。',
    en: 'You typed into this assessment, so that somebody else must review, approve and freeze it.',
  });
}

/** The standing seals of the period and of the months in it. */
export async function sealsOf(
  manager: EntityManager,
  { registryId, period }: Pick<AssessmentPlace, 'registryId' | 'period'>,
): Promise<SealView[]> {
  const { firstMonth, lastMonth } = parsePeriod(period);
  const within = (await listSeals(manager, registryId)).filter((seal) => {
    const months = parsePeriod(seal.period);
    const inside = months.firstMonth >= firstMonth && months.lastMonth <= lastMonth;
    return seal.standing && inside && (months.grain === 'month' || seal.period === period);
  });
  return within.map(({ period: of, number, hash }) => ({ period: of, number, hash }));
}

function noteMissing(): DomainError {
  return new DomainError('note_missing', { zh: '退回须写明原因。', en: 'Say why it is returned.' }, { field: 'note' });
}
