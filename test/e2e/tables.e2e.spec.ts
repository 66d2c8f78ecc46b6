import ExcelJS from 'exceljs';
import { HttpApplication } from '../support/http-application';
import { bearer } from '../support/signed-in';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const TABLE = {
  name: '各地比率 2024/上半年',
  head: [
    ['机构', '测试省'],
    ['计算时间', '2025-01-07 09:30:12'],
  ],
  columns: ['单位', '初筛成功率（%）', '说明'],
  rows: [
    ['甲市', { decimal: '62.50' }, '=HYPERLINK("http://example.org")'],
    ['乙市', '不适用'],
    ['丙市', { decimal: '123456789012345678.25' }, ''],
  ],
};

let database: TestDatabase;
let application: HttpApplication;
let officer: { authorization: string };

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  officer = await bearer(database.source, 'officer');
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

describe('a table of the page', () => {
  it('becomes a workbook of texts and numbers, in which nothing runs, and taking it is recorded', async () => {
    const { status, headers, body } = await application.post('/api/tables', TABLE, officer);
    expect(status).toBe(200);
    expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toContain('各地比率 2024 上半年.xlsx');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(body);
    const [sheet] = workbook.worksheets;
    const lines = sheet!.getSheetValues().map((line) => (Array.isArray(line) ? line.slice(1) : []));
    expect(lines.slice(1)).toEqual([
      ['机构', '测试省'],
      ['计算时间', '2025-01-07 09:30:12'],
      [],
      ['单位', '初筛成功率（%）', '说明'],
      ['甲市', 62.5, '=HYPERLINK("http://example.org")'],
      ['乙市', '不适用'],
      ['丙市', '123456789012345678.25'],
    ]);
    expect(sheet!.getCell('C5').formula).toBeUndefined();
    const acts = await database.source.query(`select thing, detail from audit_act where act = 'export'`);
    expect(acts).toEqual([{ thing: '/api/tables', detail: { name: '各地比率 2024 上半年', rows: 3 } }]);
  });

  it.each([
    ['name', { ...TABLE, name: ' ' }],
    ['head', { ...TABLE, head: [['机构']] }],
    ['columns', { ...TABLE, columns: [1] }],
    ['rows', { ...TABLE, rows: [['甲市', { decimal: '1e9' }]] }],
    ['rows', { ...TABLE, rows: [['甲市', '1', '2', 'one more than there are columns']] }],
    ['rows', { ...TABLE, rows: { length: 3 } }],
  ])('is refused where its %s cannot be read', async (field, table) => {
    const { status, body } = await application.post('/api/tables', table, officer);
    expect({ status, code: body.code, field: body.errors?.[0]?.field ?? body.field }).toEqual({
      status: 422,
      code: 'table_not_readable',
      field,
    });
  });
});
