import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receiveFile } from '../../libs/intake/imports';
import { runImport } from '../../libs/intake/import-run';
import type { ImportRecord } from '../../libs/intake/import-record';
import { writeWorkbook } from '../workbooks/hand-made-workbook';
import { IMPORTER, stageFile } from '../support/importing';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterAll(() => database?.drop());

/** The problems of the only row, as `column code`; columns are counted from 0. */
async function problemsOf({ importId }: ImportRecord): Promise<string[]> {
  const [row] = await database.source.query('select problems from import_row where import_id = $1', [importId]);
  return row.problems.map(({ column, code }: { column: number | null; code: string }) => `${column} ${code}`);
}

async function stageWorkbook(sheets: Record<string, string>, hidden: readonly string[]): Promise<ImportRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-hidden-'));
  try {
    const path = await writeWorkbook(join(folder, 'book.xlsx'), { sheets, hidden });
    const file = { path, fileName: 'book.xlsx', org: 'P', kind: null, mode: 'good_rows' } as const;
    const { importId } = await receiveFile(database.source, IMPORTER, file);
    return await runImport(database.source, REGISTRY, importId);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const sheet = (...rows: readonly (readonly string[])[]) =>
  `<sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData>`;
const FILLED = sheet(['种类', '机构', '日期', '数量'], ['RecruitmentRegistered', 'A', '2024-05-10', '12']);

describe('a row in which several cells are wrong', () => {
  it('is told all of that at once', async () => {
    const staged = await stageFile(database.source, ['RetentionContacted,ZZ,2025-02-31,-1,13812345678,,confirmed,']);
    expect(await problemsOf(staged)).toEqual([
      '1 org_unknown',
      '2 date_not_readable',
      '3 quantity_negative',
      '4 code_not_readable',
    ]);
  });

  it('is not told of what one of them has brought about', async () => {
    const staged = await stageFile(database.source, ['ScreenAnswered,A,2024-05-10,,D1,R1,perhaps,'], {
      fileName: 'answers.csv',
    });
    expect(await problemsOf(staged)).toEqual(['6 outcome_unknown']);
  });

  it('is told which cells it cannot do without', async () => {
    const staged = await stageFile(database.source, ['RecruitmentRegistered,,,5,,,,'], { fileName: 'blank.csv' });
    expect(await problemsOf(staged)).toEqual(['1 org_missing', '2 date_missing']);
  });
});

describe('a hidden sheet', () => {
  it('is not read, and that is said', async () => {
    const staged = await stageWorkbook({ 登记: FILLED, 旧数据: FILLED }, ['旧数据']);
    expect(staged).toMatchObject({ state: 'staged', counts: { new: 1 } });
    expect(staged.notices).toEqual([expect.objectContaining({ code: 'sheet_hidden', sheet: '旧数据' })]);
  });

  it('is named also when it is the only one that holds anything', async () => {
    const staged = await stageWorkbook({ 登记: sheet(), 旧数据: FILLED }, ['旧数据']);
    expect(staged.counts).toMatchObject({ new: 0 });
    expect(staged.notices.map(({ code }) => code)).toContain('sheet_hidden');
  });
});
