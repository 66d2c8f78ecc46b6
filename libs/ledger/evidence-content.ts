import { fromBufferPromise } from 'yauzl';
import { EntryRefused } from './entry-text';

/** Of which the first bytes tell what they are. */
const START_BYTES = 64 * 1024;
const PARTS_AT_MOST = 10_000;

interface Sort {
  readonly mediaType: string;
  readonly zh: string;
  readonly en: string;
}

const PDF: Sort = { mediaType: 'application/pdf', zh: 'PDF', en: 'a PDF' };
const PNG: Sort = { mediaType: 'image/png', zh: 'PNG 图片', en: 'a PNG picture' };
const JPEG: Sort = { mediaType: 'image/jpeg', zh: 'JPG 图片', en: 'a JPG picture' };
const DOCX: Sort = {
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  zh: 'Word 文档（docx）',
  en: 'a Word document (docx)',
};
const XLSX: Sort = {
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zh: 'Excel 工作簿（xlsx）',
  en: 'an Excel workbook (xlsx)',
};
const TEXT: Sort = { mediaType: 'text/plain', zh: '纯文本', en: 'plain text' };
const CSV: Sort = { ...TEXT, mediaType: 'text/csv' };

/** What the end of a name says. */
const NAMED: Readonly<Record<string, Sort>> = {
  pdf: PDF,
  docx: DOCX,
  xlsx: XLSX,
  png: PNG,
  jpg: JPEG,
  jpeg: JPEG,
  csv: CSV,
  txt: TEXT,
};

/** What no file of evidence is, and what it is then called. */
const WEB_PAGE = { zh: '网页或 XML', en: 'a web page or XML' };
const MACROS = { zh: '带宏的 Office 文件', en: 'an Office file with macros' };
const ARCHIVE = { zh: '压缩包，或损坏的 Office 文件', en: 'an archive, or a broken Office file' };
const BINARY = { zh: '别的格式', en: 'of another format' };

/**
 * The media type of a file of evidence: what its name says, if its bytes say so too.
 *
 * @throws {EntryRefused} naming what it is instead, and what is taken
 */
export async function mediaTypeOf(name: string, bytes: Buffer): Promise<string> {
  if (bytes.length === 0) {
    throw new EntryRefused('file', 'file_empty', `“${name}”是空的。`, `"${name}" is empty.`);
  }
  const named = NAMED[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  const found = await sortOf(bytes);
  if (!named || !('mediaType' in found)) throw notTaken(name, named ? found : undefined);
  // A CSV is text, and no byte tells the one from the other.
  if (found === TEXT ? named.zh === TEXT.zh : found === named) return named.mediaType;
  throw new EntryRefused(
    'file',
    'evidence_not_as_named',
    `“${name}”其实是${found.zh}，与文件名不符。请改正扩展名，或重新导出后再上传。`,
    `"${name}" is ${found.en}, which its name does not say. Correct the name, or export the file again.`,
  );
}

async function sortOf(bytes: Buffer): Promise<Sort | typeof BINARY> {
  const begins = bytes.toString('latin1', 0, 8);
  if (begins.startsWith('%PDF-')) return PDF;
  if (begins === '\x89PNG\r\n\x1a\n') return PNG;
  if (begins.startsWith('\xff\xd8\xff')) return JPEG;
  if (begins.startsWith('PK')) return packageOf(bytes);
  const text = textOf(bytes);
  if (text === undefined) return BINARY;
  return text.trimStart().startsWith('<') ? WEB_PAGE : TEXT;
}

/** By the names of its parts; nothing of it is unpacked. */
async function packageOf(bytes: Buffer): Promise<Sort | typeof BINARY> {
  const names = new Set<string>();
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true });
    if (zip.entryCount > PARTS_AT_MOST) return ARCHIVE;
    for await (const { fileName } of zip.eachEntry()) names.add(fileName);
  } catch {
    return ARCHIVE;
  }
  if ([...names].some((name) => name.endsWith('vbaProject.bin'))) return MACROS;
  if (!names.has('[Content_Types].xml')) return ARCHIVE;
  if (names.has('word/document.xml')) return DOCX;
  return names.has('xl/workbook.xml') ? XLSX : ARCHIVE;
}

/** How it begins, if it is text as Excel and Notepad write it: UTF-8 or GB18030. */
function textOf(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, START_BYTES), { stream: true });
    } catch {
      continue;
    }
  }
  return undefined;
}

function notTaken(name: string, found: typeof BINARY | undefined): EntryRefused {
  return new EntryRefused(
    'file',
    'evidence_not_taken',
    `${found ? `“${name}”其实是${found.zh}。` : ''}佐证文件只收 PDF、Word（docx）、Excel（xlsx）、PNG、JPG、CSV 和 TXT；请把“${name}”另存为 PDF 再上传。`,
    `${found ? `"${name}" is ${found.en}. ` : ''}Evidence is a PDF, docx, xlsx, PNG, JPG, CSV or TXT file; save "${name}" as a PDF and send that.`,
  );
}
