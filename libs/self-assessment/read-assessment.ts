import type { DataSource, EntityManager } from 'typeorm';
import { fillForm } from '../assessment/fill';
import type { FilledForm } from '../assessment/filled-form';
import type { RulePack } from '../assessment/rule-packs';
import { DomainError } from '../core/domain-error';
import { AssessmentUnknown, findPlace, type AssessmentAddress, type AssessmentPlace, type FoundPlace } from './address';
import { findRevisions, type AssessmentRow } from './assessments.queries';
import { compareFilled, type LineDifference } from '../assessment/compare-filled';
import { findFiles } from './files.queries';
import { readForecasts, readFormFigures, type FormFigures } from './form-figures';
import { findRules } from './find-rules';
import type { AssessmentRecord } from './record';
import { fingerprintOf } from './seen';
import { findComments, findStep, findSteps } from './steps.queries';
import { findMakers, findTyped, type TypedRow } from './typed.queries';
import { typedForm } from './typed-form';

export interface OpenedAssessment {
  readonly address: AssessmentPlace & { readonly revision: number };
  readonly record: AssessmentRecord;
  /** Current until it is frozen, then as it was frozen. */
  readonly filled: FilledForm;
  /** Of the figures and texts of the form, to be sent with a step: it says what was looked at. */
  readonly fingerprint: string;
  /** Of a frozen one: what would differ today. */
  readonly differences: readonly LineDifference[];
}

/**
 * An assessment with its form. Before anything was written it is there all the same, filled with nothing typed.
 *
 * @throws {DomainError} when there is no such form, period or revision
 */
export function openAssessment(source: DataSource, address: AssessmentAddress): Promise<OpenedAssessment> {
  return source.transaction('REPEATABLE READ', (manager) => openWithin(manager, address));
}

/** The same, in the caller's transaction that sees one moment. */
export async function openWithin(manager: EntityManager, address: AssessmentAddress): Promise<OpenedAssessment> {
  const found = await findPlace(manager, address);
  const revisions = await findRevisions(manager, found.place);
  const row = address.revision ? revisions.find((one) => one.revision === address.revision) : revisions.at(-1);
  if (!row && address.revision) throw new AssessmentUnknown(address);
  return row ? openRow(manager, found, row, revisions.length) : openNew(manager, found);
}

async function openNew(manager: EntityManager, found: FoundPlace): Promise<OpenedAssessment> {
  const { rules, own } = await findRules(manager, found.place.registryId, found.form.pack);
  const filled = await fillNow(manager, found, rules, []);
  const record: AssessmentRecord = {
    ...{ revision: 0, latest: 0, state: 'draft', version: 0, pack: packView(rules, own) },
    ...{ createdBy: null, createdAt: null, makers: [], typed: [], steps: [], comments: [], files: [], seals: [] },
  };
  return {
    address: { ...found.place, revision: 0 },
    record,
    filled,
    fingerprint: fingerprintOf(filled),
    differences: [],
  };
}

async function openRow(
  manager: EntityManager,
  found: FoundPlace,
  row: AssessmentRow,
  latest: number,
): Promise<OpenedAssessment> {
  const { revision, state, version, createdBy, createdAt } = row;
  const typed = await findTyped(manager, row);
  const frozen = state === 'frozen' ? await findStep(manager, row, null) : undefined;
  const standing = frozen ? undefined : await findRules(manager, row.registryId, row.pack, row.packVersion);
  const rules = frozen?.rules ?? standing!.rules;
  const filling = fillNow(manager, found, rules, typed);
  // What is frozen opens also where the form of today no longer takes what was typed into it.
  const today = frozen ? await filling.catch(asRefusal) : await filling;
  const filled = frozen?.filled ?? (today as FilledForm);
  const record: AssessmentRecord = {
    ...{ revision, latest, state, version, createdBy, createdAt },
    pack: packView(rules, standing?.own ?? (await isOwn(manager, row))),
    makers: [...new Set((await findMakers(manager, row)).map(({ name }) => name))],
    typed: typed.map(({ account: _, ...view }) => view),
    steps: await findSteps(manager, row),
    comments: await findComments(manager, row),
    files: await findFiles(manager, row),
    seals: frozen?.seals ?? [],
  };
  const differences = frozen ? differencesOf(frozen.filled, today) : [];
  return { address: { ...found.place, revision }, record, filled, fingerprint: fingerprintOf(filled), differences };
}

function asRefusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}

function differencesOf(frozen: FilledForm, today: FilledForm | DomainError): LineDifference[] {
  if (!(today instanceof DomainError)) return compareFilled(frozen, today);
  const { title, version } = frozen.form;
  const before = `${title.zh} v${version}`;
  return [{ place: 'total', name: title.zh, what: 'line', before, after: null, sentence: today.sentence }];
}

async function isOwn(manager: EntityManager, { registryId, pack, packVersion }: AssessmentRow): Promise<boolean> {
  return (await findRules(manager, registryId, pack, packVersion)).own;
}

function packView({ code, version, label }: RulePack, own: boolean): AssessmentRecord['pack'] {
  return { code, version, label, own };
}

/** The form as the ledger and what was typed fill it now. */
export async function fillNow(
  manager: EntityManager,
  found: FoundPlace,
  rules: RulePack,
  rows: readonly Pick<TypedRow, 'place' | 'content'>[],
): Promise<FilledForm> {
  const figures = await readFormFigures(manager, found);
  const filled = fillFrom(found, rules, rows, figures);
  if (filled.stage === 'year') return filled;
  return fillFrom(found, rules, rows, figures, await readForecasts(manager, found, filled));
}

/** The form from figures that were read before. */
export function fillFrom(
  { place, form, period }: FoundPlace,
  rules: RulePack,
  rows: readonly Pick<TypedRow, 'place' | 'content'>[],
  figures: Partial<FormFigures>,
  forecasts?: Awaited<ReturnType<typeof readForecasts>>,
): FilledForm {
  return fillForm(form, rules, {
    values: new Map(),
    ...figures,
    ...typedForm(rows),
    forecasts,
    stage: period.grain === 'year' ? 'year' : 'half',
    ...{ org: place.org, period: place.period, project: place.project },
  });
}
