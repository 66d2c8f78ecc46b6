import type { EntityManager } from 'typeorm';
import { orgWithin, type Principal } from '../accounts/principal';
import { findForm, FORMS } from '../assessment/forms/shipped-forms';
import type { FormDefinition } from '../assessment/forms';
import { DomainError } from '../core/domain-error';
import { parsePeriod, type Period } from '../core/period';
import { findRoot } from '../indicators/orgs.queries';
import { checkFreeText } from '../ledger/entry-fields';

/** Which assessment is meant; the registry's own unless an org is named, the latest revision unless one is. */
export interface AssessmentAddress {
  readonly registryId: number;
  readonly org?: string;
  readonly form: string;
  /** A year (自评), or its first half (监控): `2024-H1`. */
  readonly period: string;
  /** Of a form that is filled once for each project. */
  readonly project?: string;
  readonly revision?: number;
}

/** The same with nothing left open but the revision. */
export interface AssessmentPlace {
  readonly registryId: number;
  readonly org: string;
  readonly form: string;
  readonly period: string;
  /** Empty of a form of the whole unit. */
  readonly project: string;
}

export interface FoundPlace {
  readonly place: AssessmentPlace;
  readonly form: FormDefinition;
  readonly period: Period;
}

const PROJECT_AT_MOST = 80;

/** @throws {DomainError} when there is no such form in that period, or the project is missing or too much */
export async function findPlace(manager: EntityManager, address: AssessmentAddress): Promise<FoundPlace> {
  const { registryId } = address;
  const { form, period } = readForm(address);
  const project = address.project?.trim() ?? '';
  if (form.scope === 'project' && project === '') {
    throw wrongProject('项目支出自评表须写明项目。', 'A form of projects needs the name of a project.');
  }
  if (form.scope === 'unit' && project !== '') {
    throw wrongProject('整体支出自评表不分项目。', 'A form of the whole unit has no projects.');
  }
  if (project.length > PROJECT_AT_MOST || /[\p{Cc}/\\]/u.test(project)) {
    throw wrongProject(
      `项目名称最长 ${PROJECT_AT_MOST} 字，不能有换行和斜杠。`,
      `A project's name holds at most ${PROJECT_AT_MOST} characters, no line break and no slash.`,
    );
  }
  checkFreeText(project || null, 'project');
  const org = address.org ?? (await findRoot(manager, registryId));
  if (org === null) throw new AssessmentUnknown(address);
  return { place: { registryId, org, form: form.code, period: period.code, project }, form, period };
}

/**
 * The address as somebody asks for it: within their subtree.
 *
 * @throws {DomainError} when the org lies outside, or none is named and they do not reach the whole registry
 */
export async function reachAddress(
  manager: EntityManager,
  principal: Principal,
  asked: Omit<AssessmentAddress, 'registryId'>,
): Promise<AssessmentAddress> {
  const { registryId, orgs } = principal;
  if (asked.org !== undefined) return { ...asked, registryId, org: orgWithin(principal, asked.org) };
  const root = await findRoot(manager, registryId);
  if (root !== null && orgs.has(root)) return { ...asked, registryId, org: root };
  throw new DomainError('org_out_of_reach', {
    zh: '自评表是整个资料库的，您的账号只管其中一部分。要看本单位的，请指明机构。',
    en: 'The self-assessment is of the whole registry, and your account reaches a part of it. Name your org for its own.',
  });
}

export class AssessmentUnknown extends DomainError {
  constructor({ form, period, revision }: Pick<AssessmentAddress, 'form' | 'period' | 'revision'>) {
    const which = revision === undefined ? '' : `第 ${revision} 次修订`;
    super('assessment_unknown', {
      zh: `没有 ${period} 的自评表“${form}”${which}。`,
      en: `There is no self-assessment form "${form}" for ${period}${revision === undefined ? '' : `, revision ${revision}`}.`,
    });
  }
}

function readForm(address: AssessmentAddress): { form: FormDefinition; period: Period } {
  const form = findForm(address.form);
  if (!form) throw formUnknown(address.form);
  const period = parsePeriod(address.period);
  const known = period.grain === 'year' || (period.grain === 'half' && period.firstMonth.endsWith('-01'));
  if (known && period.code.slice(0, 4) >= form.since) return { form, period };
  const { zh, en } = form.title;
  throw new DomainError('assessment_unknown', {
    zh: `“${zh}”从 ${form.since} 年起填，期间写年度（如 2024）或上半年（如 2024-H1），不能是 ${address.period}。`,
    en: `The form "${en}" is filled from ${form.since} on, for a year such as 2024 or a first half such as 2024-H1, not for ${address.period}.`,
  });
}

function formUnknown(code: string): DomainError {
  const known = FORMS.map((form) => form.code);
  return new DomainError('assessment_unknown', {
    zh: `没有自评表“${code}”，可用的有 ${known.join('、')}。`,
    en: `There is no self-assessment form "${code}"; there are ${known.join(', ')}.`,
  });
}

function wrongProject(zh: string, en: string): DomainError {
  return new DomainError('project_not_readable', { zh, en }, { field: 'project' });
}
