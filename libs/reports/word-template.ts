import type { DXT } from 'docxtemplater';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { xmlText } from '../core/xml-text';
import { clearZipDates } from './zip-dates';

/** What a template names: texts, and lists of them for the rows of a table. */
export interface TemplateFields {
  readonly [name: string]: string | readonly TemplateFields[];
}

/** What is wrong in a template is told to its sender, and to nobody else. */
const OPTIONS = { paragraphLoop: true, linebreaks: true, errorLogging: false } as const;

/** What stands between braces in a template. */
export interface FieldTag {
  readonly value: string;
  /** Nothing for a text; `loop` for a list. */
  readonly module: string | undefined;
  readonly tags: readonly FieldTag[];
}

/** As the package tells it, among other parts. */
interface ParsedPart {
  readonly type: string;
  readonly value: string;
  readonly module?: string;
  readonly subparsed?: readonly ParsedPart[];
}

/**
 * Fills a Word template of the folder `templates`. The same fields give the same bytes.
 *
 * @throws {Error} when the template cannot be read, or its tags do not close
 */
export async function fillTemplate(name: string, fields: TemplateFields): Promise<Buffer> {
  return fillDocument(await readTemplate(name), fields);
}

/** A template of the folder `templates`. */
export function readTemplate(name: string): Promise<Buffer> {
  return readFile(join(templatesFolder(), name));
}

/** Fills a template, as `fillTemplate`. */
export async function fillDocument(template: Buffer, fields: TemplateFields): Promise<Buffer> {
  // Only with the first document: a start of the program does not need them.
  const [{ default: PizZip }, { default: Docxtemplater }] = await Promise.all([
    import('pizzip'),
    import('docxtemplater'),
  ]);
  const document = new Docxtemplater(new PizZip(template), OPTIONS);
  document.render(inXml(fields));
  return clearZipDates(document.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' }) as Buffer);
}

function inXml(fields: TemplateFields): TemplateFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, told]) => [name, typeof told === 'string' ? xmlText(told) : told.map(inXml)]),
  );
}

/**
 * The tags of a template as they follow each other, those of lists with the tags inside.
 *
 * @throws {Error} when the template cannot be read, or its tags do not close
 */
export async function tagsOf(docx: Buffer): Promise<readonly FieldTag[]> {
  const [{ default: PizZip }, { default: Docxtemplater }] = await Promise.all([
    import('pizzip'),
    import('docxtemplater'),
  ]);
  const parts: ParsedPart[][] = [];
  const collector = {
    name: 'collector',
    set({ inspect }: { inspect?: { postparsed?: ParsedPart[] } }) {
      if (inspect?.postparsed) parts.push(inspect.postparsed);
    },
  };
  new Docxtemplater(new PizZip(docx), { ...OPTIONS, modules: [collector as DXT.Module] });
  return parts.flatMap(tagsWithin);
}

function tagsWithin(parts: readonly ParsedPart[]): FieldTag[] {
  return parts
    .filter(({ type }) => type === 'placeholder')
    .map(({ value, module, subparsed }) => ({ value, module, tags: tagsWithin(subparsed ?? []) }));
}

/** The same folder for the sources and for what is built from them. */
function templatesFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'templates');
}
