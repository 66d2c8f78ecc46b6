import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from 'exceljs';
import { asCsv } from '../../apps/cli/table';
import { columnLetters } from '../../libs/intake/source-file';
import { HEAD_ROW, textRow, writeWorkbook, type HandMadeWorkbook } from '../workbooks/hand-made-workbook';
import { HttpApplication, type Answer } from '../support/http-application';
import { countEntries, standing } from '../support/importing';
import { bearer } from '../support/signed-in';
import { append, caseEntries, createSmallRegistry, entry, opening } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const COLUMNS = ['种类', '机构', '日期', '捐献者编号', '请求编号', '血样编号', '结果', '原因', '数量', '备注'] as const;
type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

const SOUND: Cells = { 种类: 'RecruitmentRegistered', 机构: 'A', 日期: '2024-05-10', 数量: '3' };
const CONCLUDED = caseEntries('2024-03-01', [
  ['ScreenRequested'],
  ['ScreenAnswered', 'agreed'],
  ['RemobiliseRequested'],
  ['RemobiliseAnswered', 'agreed'],
  ['HrTypingRequested'],
  ['HrTypingAnswered', 'agreed'],
  ['HrTypingConcluded', 'match'],
]);
const AGAIN: Cells = {
  ...{ 种类: 'HrTypingConcluded', 捐献者编号: CONCLUDED[0]?.donorCode ?? '', 请求编号: CONCLUDED[0]?.caseCode ?? '' },
  ...{ 日期: '2024-04-01', 结果: 'mismatch', 数量: '' },
};

/** What is wrong, the column that it is said of, with which code and which words. */
const WRONG: [what: string, cells: Cells, column: (typeof COLUMNS)[number], code: string, words: string][] = [
  ['an unknown kind', { 种类: '献花' }, '种类', 'kind_unknown', '没有登记种类“献花”'],
  ['an unknown org', { 机构: '丙市' }, '机构', 'org_unknown', '没有机构“丙市”'],
  ['an unreadable code', { 捐献者编号: 'D 1', 数量: '' }, '捐献者编号', 'code_not_readable', '字母、数字'],
  ['an unknown outcome', { 种类: 'NatTested', 结果: '也许' }, '结果', 'outcome_unknown', '没有结果“也许”'],
  ['an unknown reason', { 种类: 'BloodDiscarded', 原因: '丢了' }, '原因', 'reason_unknown', '可选：'],
  ['a date in the future', { 日期: '2999-01-01' }, '日期', 'date_in_the_future', '在今天'],
  ['31 February', { 日期: '2024年2月31日' }, '日期', 'date_not_readable', '不是日历上的一天'],
  ['a date before the registry', { 日期: '2022/12/31' }, '日期', 'date_before_the_registry', '2023-01-01'],
  ['a serial before the registry', { 日期: '40000' }, '日期', 'date_before_the_registry', '2009-07-06'],
  ['a date of no clear order', { 日期: '5/6/24' }, '日期', 'date_ambiguous', '四位年份在前'],
  ['a negative quantity', { 数量: '-3' }, '数量', 'quantity_negative', '请冲销那一条'],
  ['half a person', { 数量: '1.5' }, '数量', 'quantity_step', '整数倍'],
  ['a tenth of a unit', { 种类: 'WholeBloodCollected', 数量: '1.1' }, '数量', 'quantity_step', '0.5'],
  ['a tenth of a cent', { 种类: 'ReliefPaid', 数量: '0.125' }, '数量', 'quantity_step', '0.01'],
  ['a number in words', { 数量: '三十' }, '数量', 'quantity_not_readable', '应是一个数'],
  ['an outcome without its reason', { 种类: 'SampleRejected', 结果: '不合格' }, '原因', 'reason_missing', '溶血'],
  ["a case's second conclusion", AGAIN, '请求编号', 'concluded_before', '只能有一条'],
  ['an ID number in a note', { 备注: '证件 110105 19491231 002X' }, '备注', 'personal_number', '请删去'],
  ['a mobile number in a note', { 备注: '电话13800138000' }, '备注', 'personal_number', '请删去'],
];

/** What looks odd and is meant well: the day and the quantity that it is read as. */
const READ: [what: string, cells: Cells, day: string, quantity: string][] = [
  ['slashes', { 日期: '2024/6/1' }, '2024-06-01', '3'],
  ['dots', { 日期: '2024.6.2' }, '2024-06-02', '3'],
  ['no signs', { 日期: '20240603' }, '2024-06-03', '3'],
  ['Chinese signs', { 日期: '2024年6月4日' }, '2024-06-04', '3'],
  ['full-width digits', { 日期: '２０２４－０６－０５', 数量: '１２' }, '2024-06-05', '12'],
  ["Excel's count of days", { 日期: '45449' }, '2024-06-06', '3'],
  ['thousands separators', { 日期: '2024-06-07', 数量: '1,234' }, '2024-06-07', '1234'],
  ['full-width separators', { 日期: '2024-06-08', 数量: '１，２３４' }, '2024-06-08', '1234'],
];

let database: TestDatabase;
let api: HttpApplication;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-bad-'));
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening(), ...CONCLUDED);
  api = await HttpApplication.start({ databaseUrl: database.url });
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function uploaded(content: string | Buffer, fileName: string): Promise<Answer['body']> {
  const form = new FormData();
  form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), fileName);
  const { status, body } = await api.ask('/api/imports', { method: 'POST', body: form });
  expect(status).toBe(202);
  return settled(body.importId);
}

async function settled(id: string): Promise<Answer['body']> {
  const over = ({ body }: Answer) => !['received', 'accepted', 'posting'].includes(body.state);
  return (await api.until(`/api/imports/${id}`, over)).body;
}

interface Refused {
  readonly row: number;
  readonly problems: readonly { readonly code: string; readonly field: string; readonly sentence: { zh: string } }[];
}

async function refusedOf(id: string): Promise<Refused[]> {
  return (await api.get(`/api/imports/${id}/rows?proposal=invalid`)).body.rows;
}

/** The cells that the workbook marks which is given back, without its column of sentences. */
async function markedIn(id: string): Promise<string[]> {
  const book = new Workbook();
  await book.xlsx.load((await api.get(`/api/imports/${id}/errors.xlsx`)).body);
  const marked: string[] = [];
  const [sheet] = book.worksheets;
  sheet?.eachRow((row) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      const { fill } = cell;
      if (fill?.type === 'pattern' && fill.fgColor?.argb === 'FFFFC7CE') marked.push(cell.address);
    }),
  );
  const last = columnLetters((sheet?.columnCount ?? 1) - 1);
  return marked.filter((address) => !address.startsWith(last));
}

async function accepted(id: string): Promise<number> {
  const before = await countEntries(database.source);
  await api.post(`/api/imports/${id}/accept`, {});
  expect(await settled(id)).toMatchObject({ state: 'done' });
  return (await countEntries(database.source)) - before;
}

describe('in a file, by its row and column, and nothing else is lost:', () => {
  let id: string;
  let refused: Map<number, Refused['problems']>;
  let marked: string[];
  const row = (at: number) => 3 + 2 * at;

  beforeAll(async () => {
    // Each between two sound rows.
    const rows = [SOUND, ...WRONG.flatMap(([, cells]) => [{ ...SOUND, ...cells }, SOUND])];
    const table = [COLUMNS, ...rows.map((cells) => COLUMNS.map((name) => cells[name] ?? ''))];
    const staged = await uploaded(table.map((line) => line.join(';')).join('\n'), 'wrong.csv');
    expect(staged).toMatchObject({ state: 'staged', counts: { new: WRONG.length + 1, invalid: WRONG.length } });
    id = staged.importId;
    refused = new Map((await refusedOf(id)).map((one) => [one.row, one.problems]));
    marked = await markedIn(id);
  });

  it.each(WRONG.map((one, at) => [one[0], at] as const))('%s', (_, at) => {
    const [, , column, code, words] = WRONG[at]!;
    expect(refused.get(row(at))).toMatchObject([{ code, sentence: { zh: expect.stringContaining(words) } }]);
    const cell = `${columnLetters(COLUMNS.indexOf(column))}${row(at)}`;
    expect(marked.filter((address) => address.replace(/^[A-Z]+/, '') === `${row(at)}`)).toEqual([cell]);
  });

  it('and the sound rows between them go in', async () => {
    expect(await accepted(id)).toBe(WRONG.length + 1);
  });
});

it('what is only written otherwise is read as it is meant', async () => {
  const table = [COLUMNS, ...READ.map(([, cells]) => COLUMNS.map((name) => ({ ...SOUND, ...cells })[name] ?? ''))];
  const { importId } = await uploaded(table.map((line) => line.join('\t')).join('\n'), 'odd.csv');
  expect(await refusedOf(importId)).toEqual([]);
  expect(await accepted(importId)).toBe(READ.length);
  const entries = await standing(database.source);
  for (const [, , day, quantity] of READ) expect(entries).toContain(`RecruitmentRegistered A ${day} ${quantity}`);
});

describe('in a workbook, by its row, and nothing else is lost:', () => {
  const good = (at: number, day: string) => textRow(at, ['RecruitmentRegistered', 'A', day, '1']);
  const bad = (rows: string): string => HEAD_ROW + good(2, '2024-07-01') + rows + good(9, '2024-07-02');
  const behindRows = '<mergeCells count="1"><mergeCell ref="C3:C4"/></mergeCells>';

  it.each<[string, HandMadeWorkbook, string[]]>([
    [
      'a formula',
      {
        rows: bad(
          textRow(3, ['RecruitmentRegistered', 'A', '2024-07-03']).replace(
            '</row>',
            '<c r="D3"><f>1+1</f><v>2</v></c></row>',
          ),
        ),
      },
      ['3 formula_cell'],
    ],
    [
      'merged cells',
      { rows: bad(good(3, '2024-07-03') + textRow(4, ['RecruitmentRegistered', 'A', '', '1'])), behindRows },
      ['3 merged_cells', '4 merged_cells'],
    ],
    [
      'a hidden row',
      { rows: bad(textRow(3, ['RecruitmentRegistered', 'A', '2024-07-03', '1'], 'hidden="1"')) },
      ['3 row_hidden'],
    ],
  ])('%s', async (what, book, expected) => {
    const path = await writeWorkbook(join(folder, 'book.xlsx'), book);
    const { importId, counts } = await uploaded(await readFile(path), `${what}.xlsx`);
    const rows = await refusedOf(importId);
    expect(rows.map(({ row, problems }) => `${row} ${problems[0]?.code}`)).toEqual(expected);
    for (const { problems } of rows) expect(problems[0]?.sentence.zh).toMatch(/。$/);
    expect(counts).toMatchObject({ new: 2, invalid: expected.length });
    expect(await accepted(importId)).toBe(2);
  });
});

describe('a file that is none is refused whole, with a sentence, and nothing is written:', () => {
  it.each<[string, () => Promise<Buffer>, string, string]>([
    ['a renamed picture', async () => Buffer.from('89504e470d0a1a0a0000', 'hex'), 'a.xlsx', 'not_a_table'],
    [
      'a workbook with macros',
      async () =>
        readFile(await writeWorkbook(join(folder, 'm.xlsx'), { rows: HEAD_ROW, parts: { 'xl/vbaProject.bin': 'x' } })),
      'a.xlsm',
      'workbook_with_macros',
    ],
    [
      'a bomb',
      async () => {
        const blanks = () => Array.from({ length: 40 }, () => ' '.repeat(1024 * 1024));
        return readFile(await writeWorkbook(join(folder, 'b.xlsx'), { rows: blanks }));
      },
      'b.xlsx',
      'unpacks_too_large',
    ],
  ])('%s', async (_, content, name, code) => {
    const before = await countEntries(database.source);
    const { state, problem, importId } = await uploaded(await content(), name);
    expect({ state, code: problem.code }).toEqual({ state: 'refused', code });
    expect(problem.sentence.zh).toMatch(/[。）]$/);
    expect((await api.post(`/api/imports/${importId}/accept`, {})).status).toBe(409);
    expect(await countEntries(database.source)).toBe(before);
  });
});

describe('a call', () => {
  it.each([
    ['over 16 MiB', () => JSON.stringify(entry({ note: 'x'.repeat(17 * 1024 * 1024) })), 413],
    ['of 10,001 entries', () => JSON.stringify({ entries: Array.from({ length: 10_001 }, () => entry()) }), 413],
  ])('%s is refused with a sentence', async (_, body, status) => {
    const before = await countEntries(database.source);
    const answer = await api.post('/api/entries', body());
    expect(answer).toMatchObject({ status, body: { code: expect.any(String), detail: expect.stringMatching(/。$/) } });
    expect(await countEntries(database.source)).toBe(before);
  });

  it('with good and bad rows takes the good ones, and names the field of each bad one', async () => {
    const entries = [entry(), entry({ occurredOn: '2024-02-31' }), entry(), entry({ quantity: '-1' })];
    const { body } = await api.post('/api/entries', { entries });
    expect(
      body.results.map(({ status, problem }: { status: string; problem?: { field: string } }) => [
        status,
        problem?.field,
      ]),
    ).toEqual([
      ['created', undefined],
      ['refused', 'occurredOn'],
      ['created', undefined],
      ['refused', 'quantity'],
    ]);
  });
});

describe('a character that no database keeps', () => {
  it('in a file is the fault of its row', async () => {
    const sound = { kind: 'RecruitmentRegistered', org: 'A', occurredOn: '2024-08-01' };
    const lines = [sound, { ...sound, sampleCode: '\u0000' }, { ...sound, note: '\ud800' }, sound];
    const staged = await uploaded(lines.map((one) => JSON.stringify(one)).join('\n'), 'odd.ndjson');
    expect(staged).toMatchObject({ state: 'staged', counts: { new: 2, invalid: 2 } });
    const rows = await refusedOf(staged.importId);
    expect(rows.map(({ problems }) => problems[0]?.code)).toEqual(['text_not_readable', 'text_not_readable']);
    expect(await accepted(staged.importId)).toBe(2);
  });

  it('in the name of a column is asked about like any other name', async () => {
    const { state } = await uploaded('种类,机构,日期,颜\u0000色\nRecruitmentRegistered,A,2024-05-10,1', 'odd.csv');
    expect(['mapping', 'refused']).toContain(state);
  });

  it.each(['/api/entries?kind=%00', '/api/entries?donorCode=%00', '/api/worklists?org=%00', '/api/entries/%00'])(
    'in a question is refused: %s',
    async (path) => {
      const { status, body } = await api.get(path);
      expect(status).toBeLessThan(500);
      expect(body.detail).toMatch(/。$/);
    },
  );

  it('in the name of a source is refused', async () => {
    const form = new FormData();
    form.append('name', 'a\u0000b');
    form.append('file', new Blob(['种类,机构,日期\n']), 'a.csv');
    const { status, body } = await api.ask('/api/imports', { method: 'POST', body: form });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'text_not_readable' });
  });
});

describe('a formula that somebody sent in', () => {
  it.each(['=1+1', '+1', '@SUM(A1)', "-2+3+cmd|' /C calc'!A0", '\t=1', '＝1', ' =1'])(
    'does not run in a table that goes out: %j',
    (note) => {
      expect(asCsv([{ note }]).split('\r\n')[1]?.replace(/^"/, '')).toBe(
        `'${note}`.replaceAll('"', '""') + (/[",\r\n]/.test(note) ? '"' : ''),
      );
    },
  );

  it('does not run in the audit log either', async () => {
    await api.post('/api/entries', { ...entry(), id: '=1+1' });
    const csv = await api.get('/api/audit.csv', await bearer(database.source, 'auditor'));
    expect(csv.body.toString()).toContain(`"'=1+1"`);
  });
});
