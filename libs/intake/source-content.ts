import { createReadStream } from 'node:fs';
import { SourceRefused } from './source-refused';
import { encryptedWorkbook } from './xlsx-package';
import { notAWorkbook } from './xlsx-parts';

const OLD_OFFICE = 'd0cf11e0a1b11ae1';
const ZIP = ['504b0304', '504b0506', '504b0708'];

/** How the files begin that people rename or pick by mistake. */
const OTHERS: readonly { readonly starts: string; readonly zh: string; readonly en: string }[] = [
  { starts: '89504e470d0a1a0a', zh: '图片（PNG）', en: 'a picture (PNG)' },
  { starts: 'ffd8ff', zh: '图片（JPEG）', en: 'a picture (JPEG)' },
  { starts: '47494638', zh: '图片（GIF）', en: 'a picture (GIF)' },
  { starts: '424d', zh: '图片（BMP）', en: 'a picture (BMP)' },
  { starts: '25504446', zh: 'PDF', en: 'a PDF' },
  { starts: '52617221', zh: '压缩包（RAR）', en: 'an archive (RAR)' },
  { starts: '377abcaf271c', zh: '压缩包（7z）', en: 'an archive (7z)' },
  { starts: '1f8b', zh: '压缩包（gzip）', en: 'an archive (gzip)' },
];

/**
 * What a file is, by how it begins.
 *
 * @throws {SourceRefused} naming what it is when it is nothing that is read
 */
export async function contentOf(path: string, start: Buffer, fileName: string): Promise<'xlsx' | 'ndjson' | 'csv'> {
  const begins = start.toString('hex', 0, 8);
  if (start.length === 0) throw emptyFile();
  if (begins === OLD_OFFICE) throw (await isEncrypted(path)) ? encryptedWorkbook() : oldWorkbook();
  if (ZIP.some((zip) => begins.startsWith(zip))) return 'xlsx';
  const other = OTHERS.find(({ starts }) => begins.startsWith(starts) && (starts !== '424d' || start.includes(0)));
  if (other) throw notATable(other.zh, other.en);
  const text = start.toString('latin1').replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '');
  if (text.replaceAll('\u0000', '').trim() === '') throw emptyFile();
  if (/^\s*<(!doctype|html|\?xml|table|\?mso)/i.test(text.replaceAll('\u0000', '')))
    throw notATable('网页或 XML（有的系统导出的“xls”其实是网页）', 'a web page or XML');
  const isMarkedUtf16 = start[0] === 0xff || start[0] === 0xfe;
  if (text.includes('\u0000') && !isMarkedUtf16) throw notATable('二进制文件', 'a binary file');
  if (/\.xls[xmb]?$/i.test(fileName)) throw notAWorkbook();
  return /\.(ndjson|jsonl)$/i.test(fileName) || /^\s*\{/.test(text) ? 'ndjson' : 'csv';
}

/** A workbook with a password is wrapped up as the old format is, under this name. */
async function isEncrypted(path: string): Promise<boolean> {
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  let carried = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([carried, chunk]);
    if (bytes.includes(name)) return true;
    carried = bytes.subarray(Math.max(0, bytes.length - name.length));
  }
  return false;
}

function emptyFile(): SourceRefused {
  return new SourceRefused('file_empty', '文件是空的。', 'The file is empty.');
}

function oldWorkbook(): SourceRefused {
  return new SourceRefused(
    'workbook_too_old',
    '这是旧格式的工作簿（.xls）。请在 Excel 中另存为“Excel 工作簿（*.xlsx）”再上传。',
    'This is a workbook of the old format (.xls). In Excel, save it as "Excel Workbook (*.xlsx)".',
  );
}

function notATable(zh: string, en: string): SourceRefused {
  return new SourceRefused(
    'not_a_table',
    `这个文件其实是${zh}，不能导入。请上传 xlsx、CSV 或 NDJSON 文件。`,
    `This file is ${en}, which cannot be imported. Send an xlsx, CSV or NDJSON file.`,
  );
}
