import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEAD_ROW, textRow, writeWorkbook, type HandMadeWorkbook } from '../workbooks/hand-made-workbook';
import { openSource } from '../../libs/intake/open-source';
import type { HiddenCells, Notice, SourceRow } from '../../libs/intake/source-file';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-xlsx-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Read {
  readonly rows: SourceRow[];
  readonly notices: Notice[];
}

async function read(book: HandMadeWorkbook, hidden?: HiddenCells): Promise<Read> {
  const path = await writeWorkbook(join(folder, 'book.xlsx'), book);
  const source = await openSource(path, 'book.xlsx', { hidden });
  try {
    const rows: SourceRow[] = [];
    for (const sheet of source.sheets) for await (const row of sheet.rows()) rows.push(row);
    return { rows, notices: [...source.notices, ...source.sheets.flatMap(({ notices }) => notices)] };
  } finally {
    await source.close();
  }
}

/** The text of one cell under the head, in column A. */
async function cell(xml: string, book: HandMadeWorkbook = {}): Promise<{ text: string; problem?: string }> {
  const { rows } = await read({ ...book, rows: `${HEAD_ROW}<row r="2">${xml}</row>` });
  const [problem] = rows[0]?.problems ?? [];
  return { text: rows[0]?.cells[0] ?? '', ...(problem && { problem: problem.problem.code }) };
}

function codes({ rows }: Read): string[] {
  return rows.flatMap(({ row, problems = [] }) => problems.map(({ problem }) => `${row} ${problem.code}`));
}

const STYLES =
  '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>' +
  '<numFmt numFmtId="165" formatCode="000000"/><numFmt numFmtId="166" formatCode="[Red]0.00"/>' +
  '<numFmt numFmtId="167" formatCode="General&quot;d&quot;"/></numFmts>' +
  `<cellXfs>${[0, 14, 164, 9, 165, 166, 31, 22, 167].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`;

describe('a cell of a workbook', () => {
  it.each([
    ['a number with float noise', '<c r="A2"><v>0.30000000000000004</v></c>', '0.3'],
    ['a large number', '<c r="A2"><v>123456789012345</v></c>', '123456789012345'],
    ['a number written as a power of ten', '<c r="A2"><v>1.5E-7</v></c>', '0.00000015'],
    ['a whole number written as a power of ten', '<c r="A2"><v>1.2E+3</v></c>', '1200'],
    ['a date', '<c r="A2" s="1"><v>45443</v></c>', '2024-05-31'],
    ['a date in a Chinese format', '<c r="A2" s="2"><v>45443</v></c>', '2024-05-31'],
    ["a date in one of Excel's own Chinese formats", '<c r="A2" s="6"><v>45443</v></c>', '2024-05-31'],
    ['a date with a time', '<c r="A2" s="7"><v>45443.5</v></c>', '2024-05-31 12:00:00'],
    ['the first day of 1900', '<c r="A2" s="1"><v>1</v></c>', '1900-01-01'],
    ['the 28 February 1900', '<c r="A2" s="1"><v>59</v></c>', '1900-02-28'],
    ['the day that never was', '<c r="A2" s="1"><v>60</v></c>', '1900-02-29'],
    ['the 1 March 1900', '<c r="A2" s="1"><v>61</v></c>', '1900-03-01'],
    ['a number before every day', '<c r="A2" s="1"><v>-3</v></c>', '-3'],
    ['a date as ISO writes it', '<c r="A2" t="d"><v>2024-05-31T00:00:00</v></c>', '2024-05-31'],
    ['a share', '<c r="A2" s="3"><v>0.07</v></c>', '7%'],
    ['a code shown with noughts before it', '<c r="A2" s="4"><v>123</v></c>', '000123'],
    ['a number in red', '<c r="A2" s="5"><v>1.5</v></c>', '1.5'],
    ['a number with a word behind it', '<c r="A2" s="8"><v>5</v></c>', '5'],
    ['true', '<c r="A2" t="b"><v>1</v></c>', 'TRUE'],
    ['a shared text', '<c r="A2" t="s"><v>0</v></c>', '长沙'],
    ['a rich text without its reading aid', '<c r="A2" t="s"><v>1</v></c>', '株洲市'],
    ['an escaped text', '<c r="A2" t="s"><v>2</v></c>', 'a\rb<'],
    ['a text in its place', '<c r="A2" t="inlineStr"><is><r><t>一</t></r><r><t>二</t></r></is></c>', '一二'],
    ['a cell that does not say where it is', '<c><v>7</v></c>', '7'],
  ])('gives %s as it is shown', async (_, xml, text) => {
    const strings =
      '<si><t>长沙</t></si><si><r><t>株洲</t></r><r><t>市</t></r><rPh sb="0" eb="1"><t>zhū</t></rPh></si><si><t>a_x000D_b&lt;</t></si>';
    expect(await cell(xml, { styles: STYLES, strings })).toEqual({ text });
  });

  it('counts days from 1904 where the workbook does', async () => {
    const book = { styles: STYLES, properties: 'date1904="1"' };
    expect(await cell('<c r="A2" s="1"><v>43981</v></c>', book)).toEqual({ text: '2024-05-31' });
    expect(await cell('<c r="A2" s="1"><v>0</v></c>', book)).toEqual({ text: '1904-01-01' });
  });

  it.each([
    ['a formula', '<c r="A2"><f>1+1</f><v>2</v></c>', 'formula_cell', '2'],
    ['a formula that another cell writes out', '<c r="A2"><f t="shared" si="0"/><v>2</v></c>', 'formula_cell', '2'],
    ['an error', '<c r="A2" t="e"><v>#REF!</v></c>', 'error_cell', '#REF!'],
    [
      'a number longer than Excel keeps',
      '<c r="A2"><v>430102199001011230</v></c>',
      'number_too_long',
      '430102199001011230',
    ],
  ])('refuses %s and names the cell', async (_, xml, problem, text) => {
    expect(await cell(xml)).toEqual({ text, problem });
    const { rows } = await read({ rows: `${HEAD_ROW}<row r="2">${xml}</row>` });
    expect(rows[0]!.problems![0]).toMatchObject({
      column: 0,
      problem: { sentence: { zh: expect.stringContaining('A2'), en: expect.stringContaining('A2') } },
    });
  });

  it('refuses every cell of a formula that fills several', async () => {
    const rows = `${HEAD_ROW}<row r="2"><c r="A2"><f t="array" ref="A2:A3">B1:B2</f><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>`;
    expect(codes(await read({ rows }))).toEqual(['2 formula_cell', '3 formula_cell']);
  });

  it('is refused in a column without a name', async () => {
    expect(codes(await read({ rows: HEAD_ROW + textRow(2, ['a', '', '', '', 'b']) }))).toEqual([
      '2 column_without_name',
    ]);
  });
});

describe('the rows of a workbook', () => {
  it('are numbered as Excel does, blank ones left out', async () => {
    const rows = HEAD_ROW + textRow(3, ['a']) + textRow(4, [' ']) + '<row r="6"/>' + textRow(9, ['b']);
    expect((await read({ rows })).rows.map(({ row, cells }) => [row, cells])).toEqual([
      [3, ['a', '', '', '']],
      [9, ['b', '', '', '']],
    ]);
  });

  it('begin under the head, wherever that stands', async () => {
    const rows = textRow(1, ['2024年登记表']) + textRow(4, ['', '日期', '机构']) + textRow(5, ['', 'x', 'y']);
    expect((await read({ rows })).rows).toEqual([{ row: 5, cells: ['', 'x', 'y'] }]);
  });

  it.each([
    ['refuse', ['2 row_hidden'], [2, 3], '已拒收'],
    ['take', [], [2, 3], '一并导入'],
    ['leave', [], [3], '已按您的选择忽略'],
  ] as const)('that are hidden: %s', async (hidden, problems, taken, fate) => {
    const result = await read({ rows: HEAD_ROW + textRow(2, ['a'], 'hidden="1"') + textRow(3, ['b']) }, hidden);
    expect(codes(result)).toEqual(problems);
    expect(result.rows.map(({ row }) => row)).toEqual(taken);
    expect(result.notices).toEqual([
      expect.objectContaining({
        code: 'rows_hidden',
        sheet: '表',
        row: 2,
        sentence: expect.objectContaining({ zh: expect.stringContaining(fate) }),
      }),
    ]);
  });

  it.each([
    ['refuse', ['2 column_hidden'], 'x'],
    ['take', [], 'x'],
    ['leave', [], ''],
  ] as const)('with a hidden column: %s', async (hidden, problems, text) => {
    const result = await read(
      { beforeRows: '<cols><col min="2" max="2" hidden="1"/></cols>', rows: HEAD_ROW + textRow(2, ['a', 'x']) },
      hidden,
    );
    expect(codes(result)).toEqual(problems);
    expect(result.rows[0]!.cells[1]).toBe(text);
    expect(result.notices).toMatchObject([{ code: 'column_hidden', column: 1, row: 2 }]);
  });

  it('that meet merged cells are refused, and the cells named', async () => {
    const result = await read({
      rows: HEAD_ROW + textRow(2, ['a']) + textRow(3, ['', 'b']) + textRow(4, ['c']),
      behindRows: '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="F1:G9"/></mergeCells>',
    });
    expect(codes(result)).toEqual(['2 merged_cells', '3 merged_cells']);
    expect(result.rows[1]!.problems![0]!.problem.sentence.zh).toContain('A2:A3');
    expect(result.notices).toMatchObject([{ code: 'cells_merged', row: 2, column: 0 }]);
  });
});

describe('the sheets of a workbook', () => {
  const sheet = (...rows: string[]): string => `<sheetData>${rows.join('')}</sheetData>`;

  it.each([
    ['refuse', ['2 sheet_hidden'], 2, []],
    ['take', [], 2, []],
    ['leave', [], 1, ['sheet_hidden']],
  ] as const)('that are hidden: %s', async (hidden, problems, rows, notices) => {
    const one = sheet(HEAD_ROW, textRow(2, ['a']));
    const result = await read({ sheets: { 一: one, 二: one }, hidden: ['二'] }, hidden);
    expect([codes(result), result.rows.length, result.notices.map(({ code }) => code)]).toEqual([
      problems,
      rows,
      notices,
    ]);
  });

  it('without a head are named', async () => {
    const result = await read({ sheets: { 一: sheet(HEAD_ROW), 二: sheet(textRow(1, ['2024-05-31', '3'])) } });
    expect(result.notices).toMatchObject([{ code: 'sheet_without_head', sheet: '二' }]);
  });
});

describe('a workbook that is not sound', () => {
  it.each<[string, string, HandMadeWorkbook]>([
    ['holds macros', 'workbook_with_macros', { rows: HEAD_ROW, parts: { 'xl/vbaProject.bin': 'x' } }],
    ['has no sheets', 'workbook_without_sheets', { sheets: {} }],
    ['has no head', 'head_missing', { rows: textRow(1, ['2024-05-31', '12']) }],
    ['is blank', 'head_missing', { rows: '' }],
    ['is of another program', 'not_a_workbook', { parts: { 'content.xml': '<x/>' } }],
    [
      'has a shared text that is not there',
      'workbook_broken',
      { rows: `${HEAD_ROW}<row r="2"><c t="s"><v>9</v></c></row>` },
    ],
    ['has rows out of order', 'workbook_broken', { rows: HEAD_ROW + textRow(3, ['a']) + textRow(2, ['b']) }],
    ['has rows that are no numbers', 'workbook_broken', { rows: `${HEAD_ROW}<row r="x"/>` }],
    ['is no XML', 'workbook_broken', { rows: `${HEAD_ROW}<row` }],
    ['is nested without end', 'workbook_broken', { rows: '<a>'.repeat(1000) }],
    [
      'has a text without end',
      'workbook_broken',
      { rows: `${HEAD_ROW}<row r="2"><c t="str"><v>${'x'.repeat(3e6)}</v></c></row>` },
    ],
    [
      'names a file of the machine',
      'workbook_declares_type',
      {
        parts: {
          'xl/sharedStrings.xml':
            '<!DOCTYPE sst [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si><t>&e;</t></si></sst>',
        },
      },
    ],
    ['has an entity of its own', 'workbook_broken', { strings: '<si><t>&laugh;</t></si>' }],
    [
      'is packed as no table is',
      'unpacks_too_large',
      { rows: () => Array.from({ length: 40 }, () => ' '.repeat(1024 * 1024)) },
    ],
    [
      'has more columns than are read',
      'too_many_columns',
      { rows: `<row r="1">${'<c t="str"><v>kind</v></c>'.repeat(300)}</row>` },
    ],
  ])('because it %s is refused with a sentence', async (_, code, book) => {
    await expect(read(book)).rejects.toMatchObject({ code, sentence: { zh: expect.stringMatching(/[。）]$/) } });
  });

  it('never asks for what lies outside of it', async () => {
    const rels =
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="file:///etc/passwd" TargetMode="External"/></Relationships>';
    await expect(read({ rows: HEAD_ROW, parts: { 'xl/_rels/workbook.xml.rels': rels } })).rejects.toMatchObject({
      code: 'workbook_without_sheets',
    });
  });
});
