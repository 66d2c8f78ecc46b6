import { open, readFile } from 'node:fs/promises';
import { XlsxPackage } from '../../intake/xlsx-package';
import { readDocx } from './docx-report';
import { readPdfAside } from './pdf-report-aside';
import { asReport, ReportRefused, withoutText, withPassword } from './report-refused';
import { readText } from './text-report';
import { readXlsx } from './xlsx-report';

const MIB = 1024 * 1024;
export const REPORT_BYTES_AT_MOST = 20 * MIB;
const START_BYTES = 1024;

/**
 * The text of a report by what the file holds, whatever it is called: docx, xlsx, PDF with text, or text.
 *
 * @throws {DomainError} saying what to do when it cannot be read
 */
export async function readReport(path: string, fileName: string): Promise<string> {
  const { size, start } = await look(path, fileName);
  const begins = start.toString('latin1', 0, 8);
  const text = begins.startsWith('%PDF')
    ? await readPdfAside(path)
    : begins.startsWith('PK')
      ? await readPacked(path)
      : begins.startsWith('\xd0\xcf\x11\xe0')
        ? await refuseOld(path)
        : await readPlain(path, size, start);
  if (text.trim() === '') throw withoutText();
  return text;
}

export function reportTooLarge(): ReportRefused {
  return new ReportRefused(
    'file_too_large',
    '文件超过 20 MiB，请去掉图片或拆成几份。',
    'The file is larger than 20 MiB; take its pictures out or split it.',
  );
}

async function look(path: string, fileName: string): Promise<{ size: number; start: Buffer }> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new ReportRefused(
      'file_not_found',
      `找不到文件 ${fileName}，或不能读取（${error.code}）。`,
      `There is no file ${fileName} that can be read (${error.code}).`,
    );
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new ReportRefused('file_not_found', `${fileName} 不是文件。`, `${fileName} is no file.`);
    if (stat.size > REPORT_BYTES_AT_MOST) throw reportTooLarge();
    if (stat.size === 0) throw new ReportRefused('file_empty', '文件是空的。', 'The file is empty.');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return { size: stat.size, start: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

async function readPacked(path: string): Promise<string> {
  let names: readonly string[];
  try {
    const zip = await XlsxPackage.open(path);
    names = zip.names;
    zip.close();
  } catch (error) {
    throw asReport(error);
  }
  if (names.includes('word/document.xml')) return readDocx(path);
  if (names.some((name) => name.startsWith('xl/'))) return readXlsx(path);
  throw notAReport();
}

/** What Word and Excel wrote before 2007; a file with a password is wrapped up the same way. */
async function refuseOld(path: string): Promise<never> {
  const bytes = await readFile(path);
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw withPassword();
  throw new ReportRefused(
    'report_too_old',
    '这是旧格式文件（.doc 或 .xls）。请另存为 .docx 或 .xlsx 再上传。',
    'This is a file of the old format (.doc or .xls). Save it as .docx or .xlsx.',
  );
}

async function readPlain(path: string, size: number, start: Buffer): Promise<string> {
  const isUtf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  if (start.includes(0) && !isUtf16) throw notAReport();
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(start.toString('latin1'))) throw notAReport();
  return readText(path, size);
}

function notAReport(): ReportRefused {
  return new ReportRefused(
    'not_a_report',
    '不认识这种文件。请上传 docx、xlsx、带文字的 PDF 或 txt，也可以直接粘贴文字。',
    'This file cannot be checked. Send docx, xlsx, a PDF with text or txt, or paste the text.',
  );
}
