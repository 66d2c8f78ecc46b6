import { layOut, type LaidPage } from '../../libs/check-up/readers/pdf-layout';
import type { PlacedText } from '../../libs/check-up/readers/placed-text';
import { placed, typeset } from '../support/typeset';

const WITHOUT_LINES = { across: [], down: [] };

function laid(pages: readonly PlacedText[][]): LaidPage[] {
  return pages.map((pieces) => ({ pieces, rules: WITHOUT_LINES }));
}

function read(...pages: PlacedText[][]): string[] {
  return layOut(laid(pages), () => undefined).filter((line) => line !== '');
}

const BUDGET = [
  ['项目名称', '年初预算数', '全年执行数', '执行率', '备注'],
  ['造血干细胞志愿者血样采集检测', '486.00', '473.20', '97.37%', ''],
  ['捐献者住院陪护', '152.00', '149.36', '98.26%', '按季度支付，年末结清'],
  ['救助基金', '20.00', '', '', ''],
  ['宣传', '64.50', '60.27', '93.44%', ''],
  ['合计', '722.50', '682.83', '94.51%', ''],
];
const WIDTHS = [6, 6, 6, 4, 5];

describe('a table without drawn lines', () => {
  it.each(['top', 'middle', 'bottom'] as const)('whose cells go over lines and stand at the %s is read', (stands) => {
    const title = '以下为本单位全年预算执行的总体情况，数据均以决算报表为准。';
    const lines = read(typeset([title, { rows: BUDGET, widths: WIDTHS, stands }, title]));
    expect(lines).toEqual([title, ...BUDGET.map((row) => row.join('\t')), title]);
  });

  it('is given up where it takes too long', () => {
    const table = typeset([{ rows: BUDGET, widths: WIDTHS, stands: 'top' }]);
    let asked = 0;
    const slow = (): void => {
      asked += 1;
      if (asked > 1) throw new Error('too slow');
    };
    expect(() => layOut(laid([table]), slow)).toThrow('too slow');
  });

  it('goes on over the end of a page, also within a row', () => {
    const whole = typeset([{ rows: BUDGET, widths: WIDTHS, stands: 'top' }]);
    const cut = whole.filter(({ bottom }) => bottom < 740);
    const lines = read(
      whole.filter(({ bottom }) => bottom >= 740),
      cut.map((piece) => ({ ...piece, bottom: piece.bottom + 20 })),
    );
    expect(lines).toEqual(BUDGET.map((row) => row.join('\t')));
  });

  it('keeps rows apart whose cells fill their columns, and rows that are empty', () => {
    const rows = [
      ['地区', '采样份数', '入库份数'],
      ['云津市', '1767', '1756'],
      ['临川市', '7620', '7521'],
      ['合计', '', ''],
      ['金沙自治州', '1142', '1099'],
      ['北原市', '1388', '1341'],
    ];
    expect(read(typeset([{ rows, widths: [5, 4, 4], stands: 'top' }]))).toEqual(rows.map((row) => row.join('\t')));
  });

  it('keeps the headings of its rows, and ends before the title of another', () => {
    const first = [
      ['预算项目', '预算数', '执行数'],
      ['一、基本支出', '', ''],
      ['人员经费及社会保险缴费', '312.40', '310.05'],
      ['二、项目支出', '', ''],
      ['血样采集检测', '486.00', '473.20'],
    ];
    const second = [
      ['县（市、区）', '采样', '入库', '捐献'],
      ['鹭洲区', '402', '395', '3'],
      ['临港经济开发区', '268', '260', '1'],
    ];
    const lines = read(
      typeset([
        { rows: first, widths: [6, 8, 8], stands: 'top' },
        '三、各县情况',
        { rows: second, widths: [6, 3, 3, 3], stands: 'middle' },
      ]),
    );
    expect(lines).toEqual([
      ...first.map((row) => row.join('\t')),
      '三、各县情况',
      ...second.map((row) => row.join('\t')),
    ]);
  });
});

describe('what is no table', () => {
  const PROSE = '全年招募志愿者一万二千人，完成年度目标的百分之一百零二。';

  it('is prose in two columns', () => {
    const lines = Array.from({ length: 8 }, (_, line) => line).flatMap((line) => [
      placed(PROSE.slice(0, 18), 60, 700 - 15 * line),
      placed(PROSE.slice(8, 26), 300, 700 - 15 * line),
    ]);
    expect(read(lines).join('')).toBe(PROSE.slice(0, 18).repeat(8) + PROSE.slice(8, 26).repeat(8));
  });

  it('is paragraphs with numbers set off before them', () => {
    const lines = ['1.', '2.', '3.'].flatMap((number, index) => [
      placed(number, 80, 700 - 45 * index),
      placed(PROSE, 100, 700 - 45 * index),
      placed('同比增长。', 100, 685 - 45 * index),
    ]);
    const told = read(lines);
    expect(told.filter((line) => line.includes('\t'))).toEqual([]);
    expect(told[0]).toContain('1.');
  });
});
