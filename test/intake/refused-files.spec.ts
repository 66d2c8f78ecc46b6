import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEAD_ROW, textRow, writeWorkbook } from '../workbooks/hand-made-workbook';
import { openSource } from '../../libs/intake/open-source';
import type { SourceFile } from '../../libs/intake/source-file';
import { XlsxWriter } from '../../libs/intake/xlsx-writer';
import { PARTS_AT_MOST } from '../../libs/intake/xlsx-package';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-source-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function opened(content: string | Buffer, fileName: string): Promise<SourceFile> {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return openSource(path, fileName);
}

const OLD = Buffer.from('d0cf11e0a1b11ae1', 'hex');

describe('a file that is no table', () => {
  it.each<[string, string | Buffer, string, string]>([
    ['a picture called a workbook', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'a.xlsx', 'not_a_table'],
    ['a picture called a CSV', Buffer.from('ffd8ffe000104a46', 'hex'), 'a.csv', 'not_a_table'],
    ['a PDF called a workbook', '%PDF-1.7\n', 'a.xlsx', 'not_a_table'],
    ['an archive', Buffer.from('526172211a0700', 'hex'), 'a.rar', 'not_a_table'],
    ['a page called a workbook', '<html><table><tr><td>日期</td></tr></table>', 'a.xls', 'not_a_table'],
    ['a program', Buffer.from([0x4d, 0x5a, 0, 0, 3, 0]), 'a.csv', 'not_a_table'],
    ['a workbook of the old format', Buffer.concat([OLD, Buffer.alloc(600)]), 'a.xls', 'workbook_too_old'],
    [
      'a workbook with a password',
      Buffer.concat([OLD, Buffer.alloc(70_001), Buffer.from('EncryptedPackage', 'utf16le')]),
      'a.xlsx',
      'workbook_encrypted',
    ],
    ['a text called a workbook', '日期,机构\n', 'a.xlsx', 'not_a_workbook'],
    ['a broken archive', 'PK\u0003\u0004 and no more', 'a.xlsx', 'workbook_broken'],
    ['nothing', '', 'a.csv', 'file_empty'],
    ['blanks', ' \r\n \n', 'a.csv', 'file_empty'],
    ['a table without a head', '2024-05-31,3,4\n2024-06-01,5,6\n', 'a.csv', 'head_missing'],
    ['a text in no encoding', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x2c, 0x62]), 'a.csv', 'encoding_unknown'],
  ])('as %s, is refused by what it is', async (_, content, fileName, code) => {
    await expect(opened(content, fileName)).rejects.toMatchObject({
      code,
      sentence: { zh: expect.stringMatching(/。$/), en: expect.stringMatching(/\.$/) },
    });
  });

  it('is refused when it is not there', async () => {
    await expect(openSource(join(folder, 'none'), '六月.xlsx')).rejects.toMatchObject({
      code: 'file_not_found',
      sentence: { zh: expect.stringContaining('六月.xlsx') },
    });
  });
});

describe('a file that the disk does not give', () => {
  it.each(['/proc/self/mem', tmpdir()])('is refused with a sentence: %s', async (path) => {
    if (process.platform !== 'linux') return;
    await expect(openSource(path, 'a.csv')).rejects.toMatchObject({ code: 'file_not_readable' });
  });
});

describe('a file over its limits', () => {
  it('is refused by its length before it is read', async () => {
    const path = join(folder, 'long.csv');
    await writeFile(path, '');
    await truncate(path, 200 * 1024 * 1024 + 1);
    await expect(openSource(path, 'long.csv')).rejects.toMatchObject({ code: 'file_too_large' });
  });

  it('is refused by what its parts would unpack to, whatever lies in them', async () => {
    const path = await writeWorkbook(join(folder, 'bomb.xlsx'), { rows: HEAD_ROW });
    await forge(path, (header, at) => header.writeUInt32LE(0x7fff_0000, at + 24));
    await expect(openSource(path, 'bomb.xlsx')).rejects.toMatchObject({ code: 'unpacks_too_large' });
  });

  it('is refused when a part is longer than it says', async () => {
    const path = await writeWorkbook(join(folder, 'liar.xlsx'), { rows: HEAD_ROW + textRow(2, ['a']) });
    await forge(path, (header, at) => header.writeUInt32LE(10, at + 24));
    await expect(openSource(path, 'liar.xlsx')).rejects.toMatchObject({ code: 'workbook_broken' });
  });

  it('is refused when a part is not what was packed', async () => {
    const path = await writeWorkbook(join(folder, 'torn.xlsx'), { rows: HEAD_ROW + textRow(2, ['a']) });
    await forge(path, (header, at) => header.writeUInt32LE(1, at + 16));
    await expect(openSource(path, 'torn.xlsx')).rejects.toMatchObject({ code: 'workbook_broken' });
  });

  it('is refused when a part is encrypted', async () => {
    const path = await writeWorkbook(join(folder, 'locked.xlsx'), { rows: HEAD_ROW });
    await forge(path, (header, at) => header.writeUInt16LE(header.readUInt16LE(at + 8) | 1, at + 8));
    await expect(openSource(path, 'locked.xlsx')).rejects.toMatchObject({ code: 'workbook_encrypted' });
  });

  it('is refused by the number of its parts', async () => {
    const path = join(folder, 'many.xlsx');
    const writer = await XlsxWriter.create(path);
    for (let part = 0; part <= PARTS_AT_MOST; part++) {
      await writer.copy(`${part}`, { method: 0, sum: 0, unpacked: 0, bytes: (async function* () {})() });
    }
    await writer.end();
    await writer.close();
    await expect(openSource(path, 'many.xlsx')).rejects.toMatchObject({ code: 'unpacks_too_large' });
  });
});

/** Changes what the directory of a package says of each of its parts. */
async function forge(path: string, change: (bytes: Buffer, at: number) => void): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(path);
  const directory = Buffer.from('504b0102', 'hex');
  for (let at = bytes.indexOf(directory); at >= 0; at = bytes.indexOf(directory, at + 4)) change(bytes, at);
  await writeFile(path, bytes);
}
