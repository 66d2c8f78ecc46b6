import type { DataSource } from 'typeorm';
import type { Principal } from '../../libs/accounts/principal';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import type { AssessmentAddress } from '../../libs/self-assessment/address';
import { dueIn } from '../../libs/assessment/due';
import { freezeAssessment, type MakeFiles } from '../../libs/self-assessment/freeze';
import { FILE_KINDS } from '../../libs/self-assessment/record';
import { openAssessment, type OpenedAssessment } from '../../libs/self-assessment/read-assessment';
import { takeStep, type Step } from '../../libs/self-assessment/steps';
import { writeTyped } from '../../libs/self-assessment/write-typed';
import { REGISTRY } from './small-registry';

/** Of the small registry, by the whole unit's form. */
export const YEAR: AssessmentAddress = { registryId: REGISTRY, form: 'hunan', period: '2024' };
export const HALF: AssessmentAddress = { ...YEAR, period: '2024-H1' };

/** Closes the months after another, up to one. */
export async function closeMonths(source: DataSource, from: string, to: string): Promise<void> {
  for (let at = new Date(`${from}-01T00:00:00Z`); ; at.setUTCMonth(at.getUTCMonth() + 1)) {
    const month = at.toISOString().slice(0, 7);
    if (month > to) return;
    await closeAndRecompute(source, REGISTRY, month, 'closer');
  }
}

/** Types at one place, upon what stands. */
export async function type(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  place: string,
  content: object,
): Promise<OpenedAssessment> {
  const { record } = await openAssessment(source, address);
  return writeTyped(source, principal, address, new Map([[place, content]]), record.version);
}

/** Writes every cause that is due. */
export async function explainAll(source: DataSource, principal: Principal, address: AssessmentAddress): Promise<void> {
  const { filled, record } = await openAssessment(source, address);
  const contentAt = (place: string) => record.typed.find((one) => one.place === place)?.content as object | undefined;
  const typing = dueIn(filled).map(({ place }) => [place, { ...contentAt(place), cause: '样本较少' }] as const);
  await writeTyped(source, principal, address, new Map(typing), record.version);
}

/** Takes a step upon what stands. */
export async function go(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  to: Step,
  note: string | null = null,
): Promise<OpenedAssessment> {
  const { record, fingerprint } = await openAssessment(source, address);
  return takeStep(source, principal, address, { to, note, seen: { version: record.version, fingerprint } });
}

/** A small file of each sort. */
export const SMALL_FILES: MakeFiles = async ({ filled, record }, at) =>
  FILE_KINDS.map((kind) => ({
    kind,
    name: kind,
    bytes: Buffer.from(JSON.stringify([kind, filled.total, record.seals, at])),
  }));

export async function freeze(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  makeFiles: MakeFiles = SMALL_FILES,
): Promise<OpenedAssessment> {
  const { record, fingerprint } = await openAssessment(source, address);
  return freezeAssessment(source, principal, address, { version: record.version, fingerprint }, makeFiles);
}
