import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { DomainError, type Sentence } from '../core/domain-error';
import { mediaTypeOf } from '../ledger/evidence-content';
import { REPORT_FIELD_NAMES, type FieldNames } from './report-fields';
import { textsOf } from './word-parts';
import { fillDocument, tagsOf, type FieldTag, type TemplateFields } from './word-template';

export const TEMPLATE_BYTES_AT_MOST = 10 * 1024 * 1024;
const UNPACKED_AT_MOST = 64 * 1024 * 1024;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export class TemplateRefused extends DomainError {
  constructor(code: string, sentence: Sentence, details: { readonly [name: string]: unknown } = {}) {
    super(code, sentence, { field: 'file', ...details });
  }
}

/**
 * That a Word file can be filled as a report: every name between its braces is one that there is, and every `{#…}` has
 * its `{/…}`.
 *
 * @throws {DomainError} naming what is wrong in it
 */
export async function checkReportTemplate(name: string, docx: Buffer): Promise<void> {
  if (docx.length > TEMPLATE_BYTES_AT_MOST) throw templateTooLarge();
  if (!(await isWordFile(name, docx))) {
    throw new TemplateRefused('template_not_docx', {
      zh: `“${name}”不是完好的 Word 文档（docx）。请在 Word 里打开，另存为 .docx 再上传。`,
      en: `"${name}" is no sound Word document (docx). Open it in Word, save it as .docx and send that.`,
    });
  }
  await requireUnpacked(docx);
  requireHalfWidth(await textsOf(docx).catch(refuse));
  const tags = await tagsOf(docx).catch(refuse);
  if (tags.length === 0) throw withoutNames();
  const unknown = new Set(namesUnknown(tags, [REPORT_FIELD_NAMES]));
  if (unknown.size > 0) {
    const names = [...unknown];
    throw new TemplateRefused(
      'template_names_unknown',
      {
        zh: `模板里这些占位符不认识，或用法不对：${names.join('、')}。可用的有 ${usable('zh')}。`,
        en: `The template uses names that there are not, or uses them wrongly: ${names.join(', ')}. There are: ${usable('en')}.`,
      },
      { names },
    );
  }
  await fillDocument(docx, sampleOf(REPORT_FIELD_NAMES)).catch(refuse);
}

async function isWordFile(name: string, docx: Buffer): Promise<boolean> {
  try {
    return (await mediaTypeOf(name, docx)) === DOCX;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** A Chinese keyboard writes ｛｝, which would be printed as they stand. */
function requireHalfWidth(texts: readonly string[]): void {
  const known = namesIn(REPORT_FIELD_NAMES);
  const found = texts
    .flatMap((text) => [...text.matchAll(/｛\s*[#/]?\s*([^｛｝{}]+?)\s*｝/g)])
    .filter(([, name = '']) => known.has(name));
  if (found.length === 0) return;
  const names = [...new Set(found.map(([whole]) => whole))];
  const due = names.map((whole) => whole.normalize('NFKC'));
  throw new TemplateRefused(
    'template_braces_wide',
    {
      zh: `模板里的花括号是全角的：${names.join('、')}。请改成半角的 ${due.join('、')}。`,
      en: `The template has full-width braces: ${names.join(', ')}. Write ${due.join(', ')}.`,
    },
    { names },
  );
}

function namesIn(names: FieldNames): Set<string> {
  return new Set(Object.entries(names).flatMap(([name, within]) => [name, ...namesIn(within)]));
}

function withoutNames(): TemplateRefused {
  return new TemplateRefused('template_without_names', {
    zh: '模板里一个占位符也没有，每次写出的报告都会一样。请下载现用的模板，在它上面改。',
    en: 'The template holds no name between braces: every report would be the same. Download the template in use and change that.',
  });
}

export function templateTooLarge(): TemplateRefused {
  const mib = TEMPLATE_BYTES_AT_MOST / 1024 / 1024;
  return new TemplateRefused('file_too_large', {
    zh: `模板超过 ${mib} MiB，请压缩其中的图片再上传。`,
    en: `The template is larger than ${mib} MiB; make its pictures smaller.`,
  });
}

/** What a template may ask for, at its top. */
function usable(language: 'zh' | 'en'): string {
  return Object.keys(REPORT_FIELD_NAMES).join(language === 'zh' ? '、' : ', ');
}

/** Some kilobytes may unpack to gigabytes; what unpacks to something else than was packed Word would not open. */
async function requireUnpacked(docx: Buffer): Promise<void> {
  let unpacked = 0;
  try {
    const zip = await fromBufferPromise(docx, { lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      let sum = 0;
      // What is said of a part's size is held to while it is read.
      for await (const piece of await zip.openReadStreamPromise(entry)) {
        unpacked += (piece as Buffer).length;
        sum = crc32(piece as Buffer, sum);
        if (unpacked > UNPACKED_AT_MOST) throw templateTooLarge();
      }
      if (sum !== entry.crc32) throw new Error(`${entry.fileName} is not what was packed`);
    }
  } catch (error) {
    throw error instanceof DomainError ? error : unreadable(error);
  }
}

/** As they are written; those outside a list can be used inside it too. */
function namesUnknown(tags: readonly FieldTag[], scopes: readonly FieldNames[]): string[] {
  return tags.flatMap(({ value, module, tags: within }) => {
    const found = scopes.findLast((scope) => Object.hasOwn(scope, value))?.[value];
    const isList = found !== undefined && Object.keys(found).length > 0;
    if (module === 'loop') {
      if (found === undefined || (isList && multiplies(value, found, scopes))) return [`{#${value}}`];
      return namesUnknown(within, isList ? [...scopes, found] : scopes);
    }
    if (module !== undefined) return [`{@${value}}`];
    return found === undefined || isList ? [`{${value}}`] : [];
  });
}

/** Those that have a row at most. */
const ONCE: ReadonlySet<FieldNames | undefined> = new Set([REPORT_FIELD_NAMES.演示, REPORT_FIELD_NAMES.项目]);

/** Whether a list stands in the rows of a list that it is no part of: it would be written once for each of them. */
function multiplies(name: string, found: FieldNames, scopes: readonly FieldNames[]): boolean {
  if (ONCE.has(found) || Object.hasOwn(scopes.at(-1)!, name)) return false;
  return scopes.slice(1).some((scope) => !ONCE.has(scope));
}

function sampleOf(names: FieldNames): TemplateFields {
  return Object.fromEntries(
    Object.entries(names).map(([name, within]) => [name, Object.keys(within).length > 0 ? [sampleOf(within)] : '例']),
  );
}

function refuse(error: unknown): never {
  throw unreadable(error);
}

/** What the package says of a template has its parts in `properties.errors`. */
function unreadable(error: unknown): TemplateRefused {
  const { properties } = error as { properties?: TemplateFault & { errors?: { properties?: TemplateFault }[] } };
  const faults = properties?.errors?.map(({ properties: one }) => one) ?? [properties];
  const tags = [...new Set(faults.flatMap((one) => [one?.xtag, one?.openingtag, one?.closingtag].filter(isText)))];
  const [zh, en] =
    tags.length === 0
      ? ['文件损坏，或不是 Word 生成的', 'it is broken, or Word did not make it']
      : [`这些括号没有配对：${tags.join('、')}`, `these braces do not match: ${tags.join(', ')}`];
  return new TemplateRefused(
    'template_not_readable',
    { zh: `模板无法使用：${zh}。请改好后再上传。`, en: `The template cannot be used: ${en}.` },
    { names: tags },
  );
}

/** How the package names what does not match. */
interface TemplateFault {
  readonly xtag?: string;
  readonly openingtag?: string;
  readonly closingtag?: string;
}

function isText(tag: string | undefined): tag is string {
  return tag !== undefined && tag !== '';
}
