import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSource } from './open-source';
import type { SourceRow, SourceSheet } from './source-file';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-csv-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function sheetOf(content: string | Buffer, fileName = 'a.csv'): Promise<SourceSheet> {
  const path = join(folder, 'file.csv');
  await writeFile(path, content);
  return (await openSource(path, fileName)).sheets[0]!;
}

async function rowsOf(sheet: SourceSheet): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of sheet.rows()) rows.push(row);
  return rows;
}

/** 日期,机构 and 2024-05-31,长沙 */
const IN_GB18030 = Buffer.concat([
  Buffer.from('c8d5c6da2cbbfab9b90a', 'hex'),
  Buffer.from('2024-05-31,'),
  Buffer.from('b3a4c9b30a', 'hex'),
]);
const TEXT = '日期,机构\n2024-05-31,长沙\n';

describe('a CSV file', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with the mark of Windows', Buffer.from(`\ufeff${TEXT}`)],
    ['GB18030', IN_GB18030],
    [
      'GB18030 that begins with 2 MB of ASCII',
      Buffer.concat([Buffer.from(`date,org\n${`${'x'.repeat(2000)},y\n`.repeat(1000)}`), IN_GB18030]),
    ],
    ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ])('is read in %s', async (_, content) => {
    expect((await rowsOf(await sheetOf(content))).at(-1)!.cells).toEqual(['2024-05-31', '长沙']);
  });

  it.each([',', ';', '\t'])('is read with its cells parted by %j', async (delimiter) => {
    const sheet = await sheetOf(`日期${delimiter}机构\n"a${delimiter}b"${delimiter}c\n`);
    expect([sheet.head, await rowsOf(sheet)]).toEqual([['日期', '机构'], [{ row: 2, cells: [`a${delimiter}b`, 'c'] }]]);
  });

  it.each(['\n', '\r\n'])('numbers rows as Excel does, whatever its cells hold (%j)', async (end) => {
    const lines = ['kind,note', `A,"one${end}two"`, '', 'B,', ' , ', 'C,5" tube', 'D'];
    expect((await rowsOf(await sheetOf(lines.join(end)))).map(({ row, cells }) => [row, ...cells])).toEqual([
      [2, 'A', `one${end}two`],
      [4, 'B', ''],
      [6, 'C', '5" tube'],
      [7, 'D', ''],
    ]);
  });

  it('names a cell too many', async () => {
    const [row] = await rowsOf(await sheetOf('kind,note\nA,b,c\n'));
    expect(row!.problems).toMatchObject([
      { column: 2, problem: { code: 'column_without_name', sentence: { zh: expect.stringContaining('C2') } } },
    ]);
  });

  it('whose quotation marks are not paired is refused from that row on, and is not read into memory', async () => {
    const content = `kind,note\nA,b\nC,"${'d\n'.repeat(1e6)}`;
    await expect(sheetOf(content)).rejects.toMatchObject({
      code: 'file_not_readable',
      sentence: { zh: expect.stringContaining('第 3 行') },
    });
  });

  it('can be read again, and says how far it has come', async () => {
    const sheet = await sheetOf('kind,note\nA,b\n');
    expect([sheet.share > 0, await rowsOf(sheet), sheet.share, await rowsOf(sheet)]).toEqual([
      true,
      [{ row: 2, cells: ['A', 'b'] }],
      1,
      [{ row: 2, cells: ['A', 'b'] }],
    ]);
  });
});

describe('an NDJSON file', () => {
  const lines = (...all: (object | string)[]): string =>
    all.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');

  async function read(content: string | Buffer): Promise<string[]> {
    const sheet = await sheetOf(content, 'a.ndjson');
    return (await rowsOf(sheet)).map(({ row, cells, problems = [] }) => {
      const filled = sheet.head.flatMap((field, at) => (cells[at] ? `${field}=${cells[at]}` : []));
      return [row, ...filled, ...problems.map(({ problem }) => problem.code)].join(' ');
    });
  }

  it('is read line by line', async () => {
    expect(await read(lines({ kind: 'A', org: null, attributes: { sequence: '2' } }, '', { org: 'B' }))).toEqual([
      '1 kind=A attributes.sequence=2',
      '3 org=B',
    ]);
  });

  it.each<[string, string | Buffer, string]>([
    ['is longer than 64 KiB', lines({ note: 'x'.repeat(65_536) }), '1 line_too_long'],
    ['is no JSON', '{"kind":', '1 line_not_readable'],
    ['is a list', '[]', '1 line_not_readable'],
    ['is not in UTF-8', Buffer.from('{"kind":"\xff"}', 'latin1'), '1 line_not_readable'],
    ['has an unknown field', lines({ kind: 'A', colour: 'red' }), '1 kind=A field_unknown'],
    ['has a number', lines({ quantity: 3 }), '1 not_text'],
    ['has attributes that are none', lines({ attributes: [] }), '1 field_unknown'],
    ['has an unknown attribute', lines({ attributes: { colour: 'red' } }), '1 field_unknown'],
  ])('names the line that %s', async (_, content, expected) => {
    expect((await read(content)).at(0)).toBe(expected);
  });

  it('goes on behind a line that is too long', async () => {
    expect(await read(lines({ note: 'x'.repeat(300_000) }, { org: 'B' }))).toEqual(['1 line_too_long', '2 org=B']);
  });
});
