import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import type { FormDefinition } from '../assessment/forms';
import type { TypedLine } from '../assessment/filled-form';
import { DomainError } from '../core/domain-error';
import { checkFreeText } from '../ledger/entry-fields';
import { findEvidenceOrgs } from '../ledger/evidence.queries';
import { findPlace, type AssessmentAddress, type FoundPlace } from './address';
import { updateAssessment, type AssessmentRow } from './assessments.queries';
import { findRules } from './find-rules';
import { fillFrom, openAssessment, type OpenedAssessment } from './read-assessment';
import { BUDGET, isLine, PACK, TASK, TOTAL } from './typed-form';
import { findTyped, insertTyped, type TypedRow } from './typed.queries';
import { lockRecord, requireState } from './write-record';

/** What is to stand at places of the form: a line's code, `budget:<row>`, `task:<code>`, `total` or `pack`. */
export type Typing = ReadonlyMap<string, object>;

/**
 * Writes what somebody typed; what stood stays in the history. Two may write at once at different places; of two at one
 * place the second is told what the first wrote.
 *
 * @param seen the record's version that the writer had before them; 0 before anything was written
 * @throws {DomainError} when a place was written since, cannot be read, is not of the form, or it is no draft any more
 */
export async function writeTyped(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  typing: Typing,
  seen: number,
): Promise<OpenedAssessment> {
  await source.transaction('READ COMMITTED', (manager) => typeWithin(manager, principal, address, () => typing, seen));
  return openAssessment(source, { ...address, revision: undefined });
}

/** The same, in the caller's transaction, with what is to be typed made of what stands. */
export async function typeWithin(
  manager: EntityManager,
  principal: Principal,
  address: AssessmentAddress,
  typingOn: (standing: readonly TypedRow[]) => Typing,
  seen: number,
): Promise<void> {
  const found = await findPlace(manager, address);
  const row = await lockRecord(manager, principal, found, seen);
  requireState(row, 'draft');
  const standing = await findTyped(manager, row);
  const typing = typingOn(standing);
  for (const place of typing.keys()) requirePlace(found.form, place);
  const changed = new Map([...typing].filter(([place, content]) => !same(contentAt(standing, place), content)));
  requireUnwritten(standing, changed, seen);
  if (changed.size === 0) return;
  await requireEvidence(manager, principal, changed);
  const pack = changed.get(PACK) as { code: string; version: number } | undefined;
  await requireFillable(manager, found, row, pack, merged(standing, changed));
  await updateAssessment(manager, row, pack ? { pack: pack.code, packVersion: pack.version } : {});
  const { name, accountId: account } = principal;
  await insertTyped(manager, row, row.version + 1, { name, account }, changed);
  const { form, period, org, project, revision } = row;
  const detail = { org, project, revision, places: [...changed.keys()] };
  await recordAct(manager, actOf(principal, 'assessment.write', `${form} ${period}`, detail));
}

function merged(standing: readonly TypedRow[], changed: Typing): Pick<TypedRow, 'place' | 'content'>[] {
  const rest = standing.filter(({ place }) => !changed.has(place));
  return [...rest, ...[...changed].map(([place, content]) => ({ place, content }))];
}

function contentAt(standing: readonly TypedRow[], place: string): object {
  return (standing.find((one) => one.place === place)?.content as object | undefined) ?? {};
}

/** The database keeps an object's fields in an order of its own. */
function same(one: object, other: object): boolean {
  const told = (content: object) => JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
  return told(one) === told(other);
}

function requireUnwritten(standing: readonly TypedRow[], changed: Typing, seen: number): void {
  const written = standing.filter(({ place, version }) => changed.has(place) && version > seen);
  if (written.length === 0) return;
  const names = [...new Set(written.map(({ writtenBy }) => writtenBy))].join('、');
  throw new DomainError(
    'assessment_written_meanwhile',
    {
      zh: `${names} 刚刚改过这里。您写的没有保存，也没有覆盖；请看过现有内容，再决定是否改。`,
      en: `${names} has just written here. Yours was not saved, and nothing was overwritten: look at what stands, then decide.`,
    },
    { standing: written.map(({ account: _, ...view }) => view) },
  );
}

function requirePlace(form: FormDefinition, place: string): void {
  const known =
    place === PACK ||
    place === TOTAL ||
    (place.startsWith(BUDGET) && form.budget !== null) ||
    (place.startsWith(TASK) && form.keyTasks.some(({ code }) => TASK + code === place)) ||
    (isLine(place) && form.lines.some(({ code }) => code === place));
  // The code of a row of the office's own is a text of theirs.
  if (known) return void checkFreeText(place, 'code');
  throw new DomainError(
    'assessment_place_unknown',
    { zh: `表上没有“${place}”这一项。`, en: `The form has no item "${place}".` },
    { field: 'code' },
  );
}

async function requireEvidence(manager: EntityManager, { registryId, orgs }: Principal, typing: Typing): Promise<void> {
  const codes = [...typing].flatMap(([place, content]) =>
    isLine(place) ? ((content as TypedLine).evidence ?? []) : [],
  );
  if (codes.length === 0) return;
  const found = await findEvidenceOrgs(manager, registryId, [...new Set(codes)]);
  const missing = codes.find((code) => !found.some((one) => one.code === code && orgs.has(one.org)));
  if (missing === undefined) return;
  throw new DomainError(
    'evidence_missing',
    {
      zh: `没有编号为“${missing}”的佐证文件，或它不在您的范围内。请先上传文件。`,
      en: `There is no file of evidence "${missing}" within your reach. Upload it first.`,
    },
    { field: 'evidence' },
  );
}

/** What cannot be read on the form is refused before it is kept. */
async function requireFillable(
  manager: EntityManager,
  found: FoundPlace,
  row: AssessmentRow,
  pack: { readonly code: string; readonly version: number } | undefined,
  rows: Pick<TypedRow, 'place' | 'content'>[],
): Promise<void> {
  const code = pack?.code ?? row.pack;
  const { rules } = await findRules(manager, row.registryId, code, pack?.version ?? row.packVersion);
  fillFrom(found, rules, rows, {});
}

/**
 * Scores a draft by another rule pack, one of the program's or the office's own: its latest version.
 *
 * @throws {DomainError} when there is none, it is not of that year yet, or does not fit the form
 */
export async function choosePack(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  code: string,
  seen: number,
): Promise<OpenedAssessment> {
  const { rules } = await findRules(source.manager, address.registryId, code);
  if (rules.since > address.period.slice(0, 4)) {
    throw new DomainError(
      'rule_pack_later',
      {
        zh: `评分规则“${rules.label.zh}”从 ${rules.since} 年起用，不能用于 ${address.period}。`,
        en: `The rule pack "${rules.label.en}" holds from ${rules.since} on, not for ${address.period}.`,
      },
      { field: 'pack' },
    );
  }
  const typing = new Map([[PACK, { code: rules.code, version: rules.version }]]);
  return writeTyped(source, principal, address, typing, seen);
}
