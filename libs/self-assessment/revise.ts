import type { DataSource } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import { AssessmentUnknown, findPlace, type AssessmentAddress } from './address';
import { insertAssessment, lockLatest } from './assessments.queries';
import { openAssessment, type OpenedAssessment } from './read-assessment';
import { copyTyped } from './typed.queries';
import { requireState } from './write-record';

/**
 * Opens the next revision of what is frozen: it begins with what was typed, by the rules that it was scored by, and
 * with the figures of today. What is frozen stays.
 *
 * @throws {DomainError} when there is none, or the latest is not frozen
 */
export async function openRevision(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
): Promise<OpenedAssessment> {
  await source.transaction('READ COMMITTED', async (manager) => {
    const { place, form } = await findPlace(manager, address);
    const frozen = await lockLatest(manager, place);
    if (!frozen) throw new AssessmentUnknown(address);
    requireState(frozen, 'frozen');
    const revision = frozen.revision + 1;
    const { pack, packVersion } = frozen;
    const next = { ...place, revision, formVersion: form.version, pack, packVersion, version: 1 };
    // Of two at once the second finds it made.
    if (!(await insertAssessment(manager, { ...next, createdBy: principal.name }))) return;
    await copyTyped(manager, frozen, revision);
    const detail = { org: place.org, project: place.project, revision };
    await recordAct(manager, actOf(principal, 'assessment.revise', `${place.form} ${place.period}`, detail));
  });
  return openAssessment(source, { ...address, revision: undefined });
}
