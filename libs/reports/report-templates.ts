import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import { findForm } from '../assessment/forms/shipped-forms';
import { DomainError } from '../core/domain-error';
import { findRoot } from '../indicators/orgs.queries';
import { shippedReportTemplate } from './report-document';
import { checkReportTemplate } from './report-template';
import { findLastTemplate, insertTemplate, lockTemplates } from './report-templates.queries';

export interface StandingTemplate {
  readonly form: string;
  /** Of the office's own; null: the one that comes with the program. */
  readonly own: { readonly version: number; readonly name: string; readonly by: string; readonly at: Date } | null;
  readonly docx: Buffer;
}

/** The office's own template of a form's report, where it has one. */
export async function findReportTemplate(
  manager: EntityManager,
  registryId: number,
  form: string,
): Promise<{ readonly docx: Buffer } | undefined> {
  const row = await findLastTemplate(manager, registryId, form);
  return row?.docx ? { docx: row.docx } : undefined;
}

/** @throws {DomainError} when there is no such form */
export async function readReportTemplate(
  manager: EntityManager,
  registryId: number,
  form: string,
): Promise<StandingTemplate> {
  requireForm(form);
  const row = await findLastTemplate(manager, registryId, form);
  if (!row?.docx || row.name === null) return { form, own: null, docx: await shippedReportTemplate(form) };
  return {
    form,
    own: { version: row.version, name: row.name, by: row.recordedBy, at: row.recordedAt },
    docx: row.docx,
  };
}

/**
 * Takes an office's own template for all reports of a form that are not frozen, or goes back to the program's.
 *
 * @param file null: the program's
 * @throws {DomainError} naming what is wrong in it, or when the caller reaches a part of the registry only
 */
export async function setReportTemplate(
  source: DataSource,
  principal: Principal,
  form: string,
  file: { readonly name: string; readonly bytes: Buffer } | null,
): Promise<Omit<StandingTemplate, 'docx'>> {
  const { registryId, name: recordedBy } = principal;
  requireForm(form);
  await requireWhole(source.manager, principal);
  if (file) await checkReportTemplate(file.name, file.bytes);
  return source.transaction('READ COMMITTED', async (manager) => {
    await lockTemplates(manager, registryId);
    const standing = await findLastTemplate(manager, registryId, form);
    const version = (standing?.version ?? 0) + 1;
    const [docx, name] = [file?.bytes ?? null, file?.name ?? null];
    if (docx || standing?.docx) {
      await insertTemplate(manager, registryId, { form, version, docx, name, recordedBy });
      const detail = docx ? { version, sha256: createHash('sha256').update(docx).digest('hex') } : { version };
      const act = docx ? 'report_template.set' : 'report_template.reset';
      await recordAct(manager, actOf(principal, act, form, detail));
    }
    const { own } = await readReportTemplate(manager, registryId, form);
    return { form, own };
  });
}

function requireForm(form: string): void {
  if (findForm(form)) return;
  throw new DomainError(
    'form_unknown',
    { zh: `没有自评表“${form}”。`, en: `There is no form "${form}".` },
    { field: 'form' },
  );
}

async function requireWhole(manager: EntityManager, { registryId, orgs }: Principal): Promise<void> {
  if (orgs.has((await findRoot(manager, registryId)) ?? '')) return;
  throw new DomainError('org_out_of_reach', {
    zh: '报告模板是整个资料库共用的，您的账号只管其中一部分，不能更换。',
    en: 'The template is the whole registry’s, and your account reaches a part of it.',
  });
}
