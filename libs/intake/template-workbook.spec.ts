import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook, type DataValidation, type Worksheet } from 'exceljs';
import { KINDS } from '../catalogue/kinds';
import type { KindDefinition } from '../catalogue/kind-definition';
import { REASONS } from '../catalogue/reasons';
import { kindCalled } from './cell-label';
import { OrgNames } from './cell-orgs';
import { readCells } from './cell-reader';
import { choiceName } from './choice-name';
import { proposeMapping } from './mapping';
import { openSource } from './open-source';
import { writeLists } from './template-lists';
import { kindOfSheet, sheetNameOf } from './template-sheets';
import { templateWorkbook } from './template-workbook';

const ORGS = [
  { org: 'HN', nameZh: '湖南省', nameEn: 'Hunan' },
  { org: 'CS', nameZh: '长沙市', nameEn: 'Changsha' },
  { org: 'CS2', nameZh: '长沙市', nameEn: 'Changsha centre' },
];
const ALL: readonly KindDefinition[] = KINDS;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-templates-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function template(kind: KindDefinition): Promise<Workbook> {
  const workbook = new Workbook();
  // The library's own type of a buffer is older than Node's.
  await workbook.xlsx.load((await templateWorkbook(kind, ORGS, '2023-01-01')) as never);
  return workbook;
}

/** What the drop-down of a column offers. */
function offered(workbook: Workbook, formula: string): string[] {
  const [, column, from, to] = /^选项!\$([A-Z]+)\$(\d+):\$\1\$(\d+)$/.exec(formula)!;
  const lists = workbook.getWorksheet('选项')!;
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) =>
    String(lists.getCell(`${column}${Number(from) + at}`).value),
  );
}

const validationAt = (sheet: Worksheet, cell: string): DataValidation => sheet.getCell(cell).dataValidation;

describe('the template of a kind', () => {
  it.each(ALL.map((kind) => [kind.label.zh, kind] as const))(
    '%s, is read again with nothing left to decide',
    async (_, kind) => {
      const path = join(folder, 'template.xlsx');
      await writeFile(path, await templateWorkbook(kind, ORGS, '2023-01-01'));
      const source = await openSource(path, 'template.xlsx');
      expect([source.sheets.map(({ name }) => kindCalled(name)?.code), source.notices]).toEqual([[kind.code], []]);
      const mapping = proposeMapping(source.sheets[0]!.head, kind);
      expect(mapping.problems).toEqual([]);
      expect(mapping.columns.filter(({ field }) => field === null)).toEqual([]);
      for await (const row of source.sheets[0]!.rows()) expect(row).toBe('none: no example is taken for an entry');
      await source.close();
    },
  );

  it('is known again by its kind when it comes back', () => {
    expect(ALL.filter((kind) => kindOfSheet(sheetNameOf(kind)) !== kind)).toEqual([]);
  });

  it('offers orgs, outcomes, and the reasons of the outcome chosen', async () => {
    const workbook = await template(ALL.find(({ code }) => code === 'RequestClosed')!);
    const sheet = workbook.worksheets[0]!;
    expect(offered(workbook, validationAt(sheet, 'B2').formulae[0])).toEqual([
      '湖南省',
      '长沙市（CS）',
      '长沙市（CS2）',
    ]);
    expect(offered(workbook, validationAt(sheet, 'E9').formulae[0])).toEqual(['捐献者方面', '患者方面', '已捐献']);
    expect(validationAt(sheet, 'F2').formulae[0]).toMatch(/^OFFSET\(选项!\$C\$3,0,MATCH\(\$E2,/);
    const donorSide = REASONS.filter(({ side }) => side === 'donor').map(({ label }) => label.zh);
    expect(offered(workbook, `选项!$C$3:$C$${donorSide.length + 2}`)).toEqual(expect.arrayContaining(donorSide));
  });

  it('offers the choices of each field that has some', async () => {
    for (const kind of ALL) {
      const withChoices = (kind.attributes ?? []).filter(({ choices }) => choices);
      if (withChoices.length === 0) continue;
      const workbook = await template(kind);
      const sheet = workbook.worksheets[0]!;
      const head = Array.from(sheet.getRow(1).values as unknown[], String);
      for (const { label, choices } of withChoices) {
        const at = head.findIndex((name) => name.startsWith(label.zh));
        const validation = sheet.getRow(2).getCell(at).dataValidation;
        expect(validation.type).toBe('list');
        expect(offered(workbook, validation.formulae[0])).toEqual(choices!.map(choiceName));
      }
    }
  });

  it('offers nothing that is not understood when it comes back', () => {
    const context = { orgs: new OrgNames(ORGS), from1904: false };
    const unread: string[] = [];
    for (const kind of ALL) {
      const workbook = new Workbook();
      const formulas = writeLists(workbook.addWorksheet('选项'), kind, ORGS, null);
      for (const [field, formula] of formulas) {
        for (const text of offered(workbook, formula)) {
          const { input } = readCells({ row: 2, cells: [text] }, proposeMapping([field], kind), context);
          const value = { ...input, ...(input['attributes'] as object) }[field.replace('attributes.', '')];
          if (value === undefined || value === text) unread.push(`${kind.code} ${field} ${text}`);
        }
      }
    }
    expect(unread).toEqual([]);
  });

  it('says in whole sentences what each entry needs', async () => {
    const told = new Map<string, string>();
    for (const kind of ALL) {
      const cells: string[] = [];
      (await template(kind)).getWorksheet('说明')!.eachRow((row) => row.eachCell(({ text }) => void cells.push(text)));
      told.set(kind.code, cells.join('\n'));
    }
    expect([...told].filter(([, text]) => /“”|undefined|关账|\/api\//.test(text)).map(([code]) => code)).toEqual([]);
    expect([...told.values()].every((text) => text.includes('在网页的“导入”页里拖进去'))).toBe(true);
    expect(told.get('SampleSent')).toContain('同一血样此前不能已登记过“血样拒收或报废”。');
    expect(told.get('ExamStarted')).toContain('此前不能已登记过“请求关闭”（结果为“已捐献”的除外）。');
    expect(told.get('SampleSent')).toContain('写了编号时只能是 1');
    expect(told.get('OpeningStock')).toContain('只能写台账的第一天：2023-01-01。');
    expect(told.get('OpeningStock')).not.toContain('编号时');
  });

  it('keeps the noughts before a code, shows dates as they are written, and says how to fill it in', async () => {
    const workbook = await template(ALL.find(({ code }) => code === 'DonationCompleted')!);
    const [sheet, notes, lists] = workbook.worksheets;
    expect([sheet!.getColumn(1).numFmt, sheet!.getColumn(3).numFmt]).toEqual(['yyyy-mm-dd', '@']);
    expect(sheet!.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect([notes!.name, lists!.state]).toEqual(['说明', 'veryHidden']);
    expect(JSON.stringify(sheet!.getCell('A1').note)).toContain('occurredOn');
  });
});
