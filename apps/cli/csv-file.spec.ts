import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CsvFile, type CsvRow } from './csv-file';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-csv-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Buffer): Promise<CsvRow[]> {
  const path = join(folder, 'file.csv');
  await writeFile(path, content);
  return rowsOf(path);
}

async function rowsOf(path: string): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of new CsvFile(path).rows()) rows.push(row);
  return rows;
}

describe('a row of a file', () => {
  it.each([
    ['\n', '\n'],
    ['\r\n', '\n'],
    ['\r\n', '\r\n'],
  ])('is named by the line that it begins on, whatever its cells hold (%j, %j)', async (end, inCell) => {
    const lines = ['kind,note', `A,"one${inCell}two${inCell}three"`, '', 'B,', `C,"${inCell}"`, 'D,'];
    expect((await read(lines.join(end))).map(({ line, fields }) => `${line} ${fields.kind}`)).toEqual([
      '2 A',
      '6 B',
      '7 C',
      '9 D',
    ]);
  });
});

describe('a head', () => {
  it.each([
    ['种类,kind', 'column_twice', /“kind”列出现了两次/],
    ['org,备注,org', 'column_twice', /“org”列出现了两次/],
    ['kind,constructor', 'column_unknown', /没有名为“constructor”的列/],
    ['kind,__proto__', 'column_unknown', /没有名为“__proto__”的列/],
  ])('of %s is refused', async (head, code, pattern) => {
    await expect(read(`${head}\nA,B,C\n`)).rejects.toMatchObject({
      code,
      sentence: { zh: expect.stringMatching(pattern) },
    });
  });
});

describe('a file that cannot be read', () => {
  it('because of its encoding says how to save it', async () => {
    await expect(read(Buffer.from('kind,note\nA,\xbd\xd6\xcd\xb7\n', 'latin1'))).rejects.toMatchObject({
      code: 'file_not_readable',
      sentence: { zh: expect.stringContaining('请在 Excel 中另存为“CSV UTF-8”') },
    });
  });

  (process.platform === 'linux' ? it : it.skip)('because of its disk says that it cannot', async () => {
    // A file whose first byte nobody can read.
    await expect(rowsOf('/proc/self/mem')).rejects.toMatchObject({
      code: 'file_not_readable',
      sentence: { en: expect.stringContaining('EIO') },
    });
  });
});
