import { Workbook, type Cell, type Worksheet } from 'exceljs';
import PizZip from 'pizzip';
import { fillForm } from '../assessment/fill';
import type { FilledForm, FilledValue } from '../assessment/filled-form';
import { HUNAN_FORM } from '../assessment/forms/hunan-form';
import { SUZHOU_FORM } from '../assessment/forms/suzhou-form';
import { HUNAN_PACK } from '../assessment/packs/hunan-pack';
import { findPack } from '../assessment/packs/shipped-packs';
import type { AssessmentHead } from './assessment-head';
import { assessmentWorkbook } from './assessment-workbook';

function value(key: string, text: string, numerator?: string, denominator?: string): [string, FilledValue] {
  const ratio = { numerator: numerator ?? null, denominator: denominator ?? null };
  const state = text === '0' ? 'zero' : 'value';
  return [
    key,
    { key, state, value: text, ...ratio, unit: '', version: 1, position: '77', computedAt: '2025-01-03T01:20:00Z' },
  ];
}

const FORM = fillForm(HUNAN_FORM, HUNAN_PACK, {
  stage: 'year',
  values: new Map([
    value('donation.completed', '136'),
    value('rate.screen_agree', '48.73', '4877', '10008'),
    value('rate.annual_release', '6.9', '136', '196937'),
    value('registry.samples_damaged', '0'),
  ]),
  budget: new Map([['total', { initial: '130.5', adjusted: '130.50', executed: '129.19' }]]),
});
const HEAD: AssessmentHead = {
  unitName: '某省资料库管理中心',
  period: '2024',
  demonstration: true,
  printedAt: new Date('2025-01-10T01:30:00Z'),
};

async function sheets(form: FilledForm = FORM, head: AssessmentHead = HEAD): Promise<[Worksheet, Worksheet]> {
  const workbook = new Workbook();
  await workbook.xlsx.load((await assessmentWorkbook(form, head)) as unknown as ArrayBuffer);
  return [workbook.worksheets[0]!, workbook.worksheets[1]!];
}

/** The rows of the form after which a page ends. */
function breaksOf(bytes: Buffer): number[] {
  const xml = new PizZip(bytes).file('xl/worksheets/sheet1.xml')!.asText();
  return [...xml.matchAll(/<brk id="(\d+)"/g)].map(([, row]) => Number(row));
}

function bare(text: string): string {
  return text.replace(/\s/g, '');
}

/** How high the text of a cell is, in points, in all the columns that it is over. */
function highOf(sheet: Worksheet, cell: Cell): number {
  const size = cell.font.size!;
  let width = 0;
  for (let column = Number(cell.col); sheet.getCell(Number(cell.row), column).master === cell; column += 1) {
    width += sheet.getColumn(column).width ?? 9;
  }
  const lines = cell.text.split('\n').map((part) => Math.max(1, Math.ceil((part.length * 2 * size) / 10 / width)));
  return lines.reduce((sum, one) => sum + one, 0) * size * 1.3;
}

function rowOf(sheet: Worksheet, column: number, text: string) {
  const row = sheet.getColumn(column).values.indexOf(text);
  if (row < 0) throw new Error(`no row says ${text}`);
  return sheet.getRow(row);
}

describe('the self-assessment as xlsx', () => {
  it('says whose it is, of which year, and that the data are for demonstration', async () => {
    const [sheet] = await sheets();
    expect(sheet.getCell('A1').value).toBe('部门整体支出绩效自评表');
    expect(sheet.getCell('A2').value).toBe('单位名称：某省资料库管理中心');
    expect(sheet.getCell('F2').value).toBe('年度：2024年');
    expect(sheet.getCell('I2').value).toBe('演示数据');
    const [office] = await sheets(FORM, { ...HEAD, demonstration: false });
    expect(office.getCell('I2').value).toBe('');
  });

  it('prints each line with its target, actual, score, deviation and source', async () => {
    const [sheet] = await sheets();
    const rate = rowOf(sheet, 3, '初筛成功率');
    expect([rate.getCell(4).value, rate.getCell(5).value, rate.getCell(5).numFmt]).toEqual(['≥50%', 48.73, '0.00"%"']);
    expect([rate.getCell(6).value, rate.getCell(7).value, rate.getCell(7).numFmt]).toEqual([3, 2.92, '0.00']);
    expect([rate.getCell(8).value, rate.getCell(8).numFmt]).toEqual([-2.54, '0.00"%"']);
    expect(rate.getCell(9).value).toBe('业务台账：初筛同意 4877 ÷ 初筛 10008');
    expect(rate.getCell(10).value).toBe('未完成年度指标值，须填写原因和改进措施。');
    const release = rowOf(sheet, 3, '年度出库率').getCell(5);
    expect([release.value, release.numFmt]).toEqual([6.9, '"万分之"0.0']);
    const donations = rowOf(sheet, 3, '捐献例数').getCell(5);
    expect([donations.value, donations.numFmt]).toEqual([136, '0"例"']);
  });

  it('prints the budget with its decimals, and 未填 where nothing was entered', async () => {
    const [sheet] = await sheets();
    const total = rowOf(sheet, 2, '年度资金总额');
    expect([total.getCell(5).value, total.getCell(5).numFmt, total.getCell(6).value]).toEqual([130.5, '0.0', 129.19]);
    expect([total.getCell(9).value, total.getCell(10).value]).toEqual([99, 9.9]);
    const basic = rowOf(sheet, 3, '基本支出');
    expect([4, 5, 6, 9, 10].map((column) => basic.getCell(column).value)).toEqual([
      '未填',
      '未填',
      '未填',
      '未填',
      '—',
    ]);
  });

  it('has no total to show off with while a line has no score', async () => {
    const [sheet] = await sheets();
    const total = rowOf(sheet, 1, '总分');
    expect([total.getCell(6).value, total.getCell(7).value]).toEqual([100, Number(FORM.total)]);
    expect(total.getCell(8).value).toContain('总分不完整，不评等级');
  });

  it('merges each tier over its lines', async () => {
    const [sheet] = await sheets();
    const first = rowOf(sheet, 3, '招募人数').number;
    const last = rowOf(sheet, 3, '公用经费控制率').number;
    expect(sheet.getCell(last + 1, 1).master.address).toBe(`A${last + 1}`);
    expect(sheet.getCell(first + 8, 2).master.address).toBe(`B${first}`);
    for (let row = first; row <= last; row += 1) expect(sheet.getCell(row, 1).master.value).toBe('产出指标');
    expect(sheet.getCell(last, 1).border.left?.style).toBe('thin');
  });

  it('has no cell that goes over the end of a page, and names the tier again on the next', async () => {
    const bytes = await assessmentWorkbook(FORM, HEAD);
    const ends = [...breaksOf(bytes)];
    expect(ends).toHaveLength(1);
    const [sheet] = await sheets();
    expect(sheet.rowCount - ends[0]!).toBeGreaterThanOrEqual(4);
    for (const range of sheet.model.merges) {
      const [top = 0, bottom = 0] = range.match(/\d+/g)!.map(Number);
      expect(ends.filter((end) => end >= top && end < bottom)).toEqual([]);
    }
    const next = sheet.getCell(ends[0]! + 1, 1);
    expect([next.address, next.value]).toEqual([next.master.address, '产出指标']);
  });

  it('prints an amount to the cent of any size smaller, and a long cause wider, rather than cut', async () => {
    const budget = new Map([['total', { initial: '1234567.890123', adjusted: '1234567.890123', executed: '1' }]]);
    const typed = new Map([['screen_rate', { cause: '志愿者未能及时联系上。'.repeat(70) }]]);
    const values = new Map([value('rate.screen_agree', '48.73', '4877', '10008')]);
    const [sheet] = await sheets(fillForm(HUNAN_FORM, HUNAN_PACK, { stage: 'year', values, budget, typed }));
    const { shrinkToFit, wrapText } = rowOf(sheet, 2, '年度资金总额').getCell(4).alignment;
    expect([shrinkToFit, wrapText ?? false]).toEqual([true, false]);
    expect(rowOf(sheet, 3, '初筛成功率').height).toBeLessThan(409);
  });

  it.each([
    ['of 2,000 characters', '因'.repeat(2000)],
    ['of 40 lines', Array.from({ length: 40 }, (_, at) => `${at + 1}. 志愿者未能及时联系上`).join('\n')],
    ['of 2,000 characters on 40 lines', Array.from({ length: 40 }, () => '因'.repeat(49)).join('\n')],
  ])('prints a text %s whole: a cause, a task, a reason', async (_, text) => {
    const typed = new Map([
      ['homes_new', { actual: '7', cause: text, reason: text.slice(0, 1000), source: text.slice(0, 500) }],
    ]);
    const tasks = new Map([['homes', text]]);
    const form = fillForm(SUZHOU_FORM, findPack(SUZHOU_FORM.pack)!, { stage: 'year', values: new Map(), typed, tasks });
    let found = 0;
    for (const sheet of await sheets(form)) {
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          if (cell.master !== cell || !/因|志愿者未能/.test(cell.text) || cell.text.length < 400) return;
          found += 1;
          expect(bare(cell.text)).toContain(bare(text.slice(0, 500)));
          expect(highOf(sheet, cell)).toBeLessThanOrEqual(row.height);
        }),
      );
    }
    expect(found).toBeGreaterThanOrEqual(3);
  });

  it('prints on A4, one page wide, repeating the heading of the lines, with numbered pages', async () => {
    const [sheet, sources] = await sheets();
    const heading = rowOf(sheet, 1, '一级指标').number;
    expect(sheet.pageSetup).toMatchObject({ paperSize: 9, orientation: 'portrait', fitToWidth: 1, fitToHeight: 0 });
    expect(sheet.pageSetup.printArea).toBe(`A1:J${sheet.rowCount}`);
    expect(sheet.pageSetup.printTitlesRow).toBe(`${heading}:${heading}`);
    expect(sheet.headerFooter.oddFooter).toBe('&L演示数据&C第 &P 页，共 &N 页');
    expect(sources.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', printTitlesRow: '2:2' });
  });

  it('lists on its second sheet what every line was reckoned from', async () => {
    const [, sources] = await sheets();
    expect(sources.name).toBe('数据来源');
    expect((rowOf(sources, 2, '初筛成功率').values as unknown[]).slice(1)).toEqual([
      ...['10', '初筛成功率', '48.73%', 'rate.screen_agree', '初筛同意 ÷ 初筛 × 100', '4877', '10008'],
      ...['第1版', '77', '2025-01-03 09:20', '—'],
    ]);
    expect(sources.getColumn(1).values).toContain('导出时间：2025-01-10 09:30');
  });

  it('keeps text that begins like a formula as text', async () => {
    const lines = FORM.lines.map((line, at) => ({
      ...line,
      cause: ['=1+1', '+1', '-1', '@SUM(A1)'][at] ?? line.cause,
    }));
    const [sheet] = await sheets({ ...FORM, lines }, { ...HEAD, unitName: '=HYPERLINK("x") & 中心' });
    const first = rowOf(sheet, 3, '招募人数').number;
    const causes = [0, 1, 2, 3].map((at) => sheet.getCell(first + at, 10));
    expect(causes.map((cell) => cell.value)).toEqual(['=1+1', '+1', '-1', '@SUM(A1)']);
    expect(causes.map((cell) => cell.numFmt)).toEqual(['@', '@', '@', '@']);
    expect(sheet.headerFooter.oddHeader).toContain('=HYPERLINK("x") && 中心');
  });

  it('has the same bytes whenever it is written', async () => {
    const first = await assessmentWorkbook(FORM, HEAD);
    jest.useFakeTimers({
      now: new Date('2031-05-06T07:08:09Z'),
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout'],
    });
    try {
      expect((await assessmentWorkbook(FORM, HEAD)).equals(first)).toBe(true);
    } finally {
      jest.useRealTimers();
    }
  });
});
