import type { DataSource, EntityManager } from 'typeorm';
import type { Principal } from '../accounts/principal';
import { findOrgs } from '../indicators/orgs.queries';
import { findRegistries } from '../indicators/registry.queries';
import type { MadeFile } from '../self-assessment/freeze';
import type { OpenedAssessment } from '../self-assessment/read-assessment';
import type { FileKind } from '../self-assessment/record';
import { titleOf, type AssessmentHead } from './assessment-head';
import { assessmentJson } from './assessment-json';
import { assessmentWorkbook } from './assessment-workbook';
import { evidencePack } from './evidence-pack';
import { reportDocument } from './report-document';
import { findReportTemplate } from './report-templates';
import { wholeFile } from './whole-file';

/**
 * All that is handed in of an assessment. The same assessment, ledger and moment give the same bytes.
 *
 * @param principal whose evidence may be read
 * @throws {DomainError} when the evidence is larger than can be kept
 */
export async function makeAssessmentFiles(
  source: DataSource,
  principal: Principal,
  opened: OpenedAssessment,
  at: Date,
): Promise<MadeFile[]> {
  const [form, report, data] = await makePapers(source, opened, at);
  const pack = await evidencePack(source, { ...packOf(principal, opened), beside: besideOf(form, report) });
  const head = await headOf(source.manager, opened, at);
  const name = fileName(opened, head, 'evidence.zip');
  return [form, report, data, { kind: 'evidence.zip', name, bytes: await wholeFile(pack) }];
}

/** The form, the report and the data, without the evidence. */
export async function makePapers(
  source: DataSource,
  opened: OpenedAssessment,
  at: Date,
): Promise<[form: MadeFile, report: MadeFile, data: MadeFile]> {
  const head = await headOf(source.manager, opened, at);
  const file = (kind: FileKind, bytes: Buffer): MadeFile => ({ kind, name: fileName(opened, head, kind), bytes });
  return [
    file('form.xlsx', await formFile(opened, head)),
    file('report.docx', await reportFile(source.manager, opened, head)),
    file('data.json', dataFile(opened)),
  ];
}

export function formFile({ filled }: OpenedAssessment, head: AssessmentHead): Promise<Buffer> {
  return assessmentWorkbook(filled, head);
}

export async function reportFile(
  manager: EntityManager,
  { address, filled }: OpenedAssessment,
  head: AssessmentHead,
): Promise<Buffer> {
  return reportDocument(filled, head, (await findReportTemplate(manager, address.registryId, address.form))?.docx);
}

export function dataFile(opened: OpenedAssessment): Buffer {
  return Buffer.from(`${JSON.stringify(assessmentJson(opened), null, 2)}\n`);
}

/** What an evidence pack is made of. */
export function packOf(principal: Principal, { address, filled }: OpenedAssessment) {
  return { principal, org: address.org, period: address.period, filled };
}

/** The form and the report lie at the top of the whole pack, under their names. */
export function besideOf(...files: readonly Pick<MadeFile, 'name' | 'bytes'>[]): ReadonlyMap<string, Buffer> {
  return new Map(files.map(({ name, bytes }) => [name, bytes]));
}

/** @param at when it was frozen, or is asked for */
export async function headOf(
  manager: EntityManager,
  { address: { registryId, org, period } }: OpenedAssessment,
  at: Date,
): Promise<AssessmentHead> {
  const registry = (await findRegistries(manager)).find((one) => one.registryId === registryId);
  const found = (await findOrgs(manager, registryId)).find((one) => one.org === org);
  if (!registry || !found) throw new Error(`an assessment of no org: ${org}`);
  // The registry's own papers are in its name.
  const unitName = found.parent === null ? registry.nameZh : found.nameZh;
  return { unitName, period, demonstration: registry.demonstration, printedAt: at };
}

const ENDINGS: Readonly<Record<FileKind, (title: string) => string>> = {
  'form.xlsx': (title) => `${title}.xlsx`,
  'report.docx': (title) => `${title.replace(/表$/, '报告')}.docx`,
  'data.json': (title) => `${title}.json`,
  'evidence.zip': (title) => `${title}-佐证材料.zip`,
};

/** What a browser saves it as. */
export function fileName(
  { address, filled }: OpenedAssessment,
  { unitName, period, demonstration }: AssessmentHead,
  kind: FileKind,
): string {
  const whole = [
    ...(demonstration ? ['演示数据'] : []),
    unitName,
    ...(address.project === '' ? [] : [address.project]),
    titleOf(filled, { period }),
  ].join('-');
  return ENDINGS[kind](whole).replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
}
