import type { FilledForm } from '../assessment/filled-form';
import type { AssessmentHead } from './assessment-head';
import { reportFields } from './report-fields';
import { fillDocument, readTemplate, tagsOf } from './word-template';

/**
 * The report as docx: the form's template that comes with the program, or the office's own. The same form, head and
 * template give the same bytes.
 */
export async function reportDocument(form: FilledForm, head: AssessmentHead, template?: Buffer): Promise<Buffer> {
  const docx = template ?? (await shippedReportTemplate(form.form.code));
  const order = (await tagsOf(docx)).map(({ value }) => value);
  return fillDocument(docx, reportFields(form, head, order));
}

/** The template of a form's report, as it comes with the program. */
export function shippedReportTemplate(form: string): Promise<Buffer> {
  return readTemplate(`report-${form}.docx`);
}
