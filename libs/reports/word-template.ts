import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { clearZipDates } from './zip-dates';

/** What a template names: texts, and lists of them for the rows of a table. */
export interface TemplateFields {
  readonly [name: string]: string | readonly TemplateFields[];
}

/**
 * Fills a Word template of the folder `templates`. The same fields give the same bytes.
 *
 * @throws {Error} when the template cannot be read, or its tags do not close
 */
export async function fillTemplate(name: string, fields: TemplateFields): Promise<Buffer> {
  // Only with the first document: a start of the program does not need them.
  const [{ default: PizZip }, { default: Docxtemplater }] = await Promise.all([
    import('pizzip'),
    import('docxtemplater'),
  ]);
  const template = new Docxtemplater(new PizZip(await readFile(join(templatesFolder(), name))), {
    paragraphLoop: true,
    linebreaks: true,
  });
  template.render(fields);
  return clearZipDates(template.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' }) as Buffer);
}

/** The same folder for the sources and for what is built from them. */
function templatesFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'templates');
}
